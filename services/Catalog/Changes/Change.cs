using System.Text.Json;
using Dapper;
using MiStore.Messaging;

namespace MiStore.Catalog.Changes;

/// <summary>The record of who changed what, when and why, written in the transaction of the change itself.</summary>
static class Change
{
    public static Task Record(
        UnitOfWork unit, string what, string product, object? before, object after,
        string who, string why, DateTimeOffset now) =>
        unit.Connection.ExecuteAsync(
            """
            insert into changes (at, who, what, product, before, after, why)
            values (@now, @who, @what, @product, @before::jsonb, @after::jsonb, @why)
            """,
            new { now, who, what, product, before = before is null ? null : Json(before), after = Json(after), why },
            unit.Transaction);

    static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), JsonSerializerOptions.Web);
}
