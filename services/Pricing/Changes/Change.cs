using System.Security.Claims;
using System.Text.Json;
using Dapper;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Changes;

/// <summary>The record of what operators do. Rows are only ever added; the database refuses anything else.</summary>
static class Change
{
    /// <summary>Commits, or not, with the change that it tells of.</summary>
    /// <param name="before">Null when there was nothing before.</param>
    public static Task Record(
        UnitOfWork unit, DateTimeOffset now, ClaimsPrincipal user, string what, string market, string? sku,
        object? before, object after, string? why) =>
        Record(unit, now, user.Subject(), what, market, sku, before, after, why);

    internal static async Task Record(
        UnitOfWork unit, DateTimeOffset now, string who, string what, string market, string? sku, object? before, object after, string? why) =>
        await unit.Connection.ExecuteAsync(
            """
            insert into changes (at, who, what, market, sku, before, after, why)
            values (@now, @who, @what, @market, @sku, @before::jsonb, @after::jsonb, @why)
            """,
            new
            {
                now, who, what, market, sku, why,
                before = before is null ? null : JsonSerializer.Serialize(before, JsonSerializerOptions.Web),
                after = JsonSerializer.Serialize(after, JsonSerializerOptions.Web),
            },
            unit.Transaction);
}
