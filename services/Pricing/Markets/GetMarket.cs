using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Pricing.Markets;

/// <summary>One market, and when it opens.</summary>
public static class GetMarket
{
    public static void MapGetMarket(this RouteGroupBuilder markets) => markets
        .MapGet("/{market}", Handle)
        .WithName(nameof(GetMarket))
        .WithSummary("Get one market, with its phase by our clock")
        .WithDescription("404 unknown-market. UK is another name of GB; any case will do.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<MarketView>, ProblemHttpResult>> Handle(
        string market, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        return await MarketStore.Find(connection, MarketCode.Normalize(market)) is { } found
            ? TypedResults.Ok(MarketView.Of(found, clock.GetUtcNow()))
            : Problems.UnknownMarket(market);
    }
}
