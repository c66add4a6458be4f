using System.Text.Json;
using Dapper;
using Npgsql;

namespace MiStore.Checkout.Stock;

/// <summary>The record of what operators did; append-only.</summary>
public static class Changes
{
    public static Task Record(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string who, string what, object? before, object? after, DateTimeOffset at) =>
        connection.ExecuteAsync(
            "insert into changes (at, who, what, before, after) values (@at, @who, @what, @before::jsonb, @after::jsonb)",
            new { at, who, what, before = JsonOf(before), after = JsonOf(after) }, transaction);

    static string? JsonOf(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
