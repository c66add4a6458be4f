using System.ComponentModel;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Checkout.Receipts;

/// <summary>
/// Anybody looks which batches of a market have ended and where their receipts are; the latest opening first, at most a hundred.
/// </summary>
public static class ListReceipts
{
    /// <param name="Batches">Those that have ended; of what is on sale nothing is said here.</param>
    public sealed record Answer(IReadOnlyList<Ended> Batches);

    /// <param name="Announced">Units.</param>
    /// <param name="Receipt">Path of the receipt.</param>
    public sealed record Ended(Guid Id, string Sku, DateTimeOffset OpensAt, int Announced, string Receipt);

    public static void MapListReceipts(this RouteGroupBuilder batches) => batches
        .MapGet("", Handle)
        .WithName(nameof(ListReceipts))
        .WithSummary("List the batches of a market that have ended, with their receipts")
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        [Description("US, GB (or UK), DE, FR …; any case.")] string market,
        [Description("Of this SKU only.")] string? sku,
        HttpContext http, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        if (MarketCode.Normalize(market) is not { } code)
            return Problems.UnknownMarket(market);

        await using var connection = await db.OpenConnectionAsync(cancellation);
        var ended = await connection.QueryAsync<(Guid Id, string Sku, DateTimeOffset OpensAt, int Quantity)>(
            """
            select id, sku, opens_at, quantity from batches
            where market = @code and (@sku is null or sku = @sku) and reserved = 0 and (available = 0 or closes_at <= @now)
            order by opens_at desc, id desc limit 100
            """, new { code, sku, now = clock.GetUtcNow() });
        http.Response.Headers.CacheControl = "public, max-age=10";
        return TypedResults.Ok(new Answer(
            [.. ended.Select(batch => new Ended(batch.Id, batch.Sku, batch.OpensAt, batch.Quantity, $"/api/batches/{batch.Id}/receipt"))]));
    }
}
