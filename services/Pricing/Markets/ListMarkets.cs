using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace MiStore.Pricing.Markets;

/// <summary>The shopper chooses a market.</summary>
public static class ListMarkets
{
    public sealed record Answer(IReadOnlyList<MarketView> Markets);

    public static void MapListMarkets(this RouteGroupBuilder markets) => markets
        .MapGet("/", Handle)
        .WithName(nameof(ListMarkets))
        .WithSummary("List the markets, each with its phase by our clock")
        .WithDescription("But for XR, which is nobody's country: there launches are rehearsed.");

    static async Task<Ok<Answer>> Handle(NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new Answer([.. (await MarketStore.List(connection)).Where(market => !market.IsRehearsal).Select(market => MarketView.Of(market, now))]));
    }
}
