using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Catalog.Shelf;
using MiStore.Contracts.Markets;
using MiStore.Messaging.Replays;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Catalog.Products;

/// <summary>
/// A shopper looks at one product of a market. What the market neither offers nor explains is unknown there.
/// </summary>
public static class GetProduct
{
    public static void MapGetProduct(this RouteGroupBuilder products) => products
        .MapGet("/{slug}", Handle)
        .WithName(nameof(GetProduct))
        .WithSummary("Show one product, with what it costs and whether it can be bought now")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<Results<Revalidated<ProductView>, ProblemHttpResult>> Handle(
        [Description("US, GB (or UK), DE, FR; any case.")] string market, string slug,
        NpgsqlDataSource db, CopyKeeper copies, TimeProvider clock, CancellationToken cancellation,
        [Description("Two letters; a language that the market does not speak gives way to the market's own.")]
        string? language = null)
    {
        if (MarketCode.Normalize(market) is not { } code)
            return Problems.UnknownMarket(market);

        var now = clock.GetUtcNow();
        var wanted = new Wanted(code, now, language?.ToLowerInvariant(), slug);
        if (await ShelfQuery.Read(db, wanted, cancellation) is not { } shelf)
            return copies.IsWhole ? Problems.UnknownMarket(market) : throw new NotReady("every market");
        if (shelf.Products is not [var row])
            return copies.IsWhole ? ProductProblems.UnknownProduct(slug) : throw new NotReady("every offer");

        var (view, nextChange) = ProductView.Of(row, code, now);
        return new Revalidated<ProductView>(view, now, new[] { nextChange, shelf.NextTerms }.Min());
    }
}
