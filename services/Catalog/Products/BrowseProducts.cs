using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Catalog.Shelf;
using MiStore.Contracts.Markets;
using MiStore.Messaging.Replays;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Catalog.Products;

/// <summary>
/// A shopper looks along the shelf of a market: what is sold, what is coming, and what may not be sold and why.
/// </summary>
public static class BrowseProducts
{
    const int MaxPageSize = 100;
    const int MaxSearch = 100;

    /// <param name="Total">Products in all pages.</param>
    public sealed record Listing(IReadOnlyList<ProductView> Items, int Page, int PageSize, long Total);

    public static void MapBrowseProducts(this RouteGroupBuilder products) => products
        .MapGet("", Handle)
        .WithName(nameof(BrowseProducts))
        .WithSummary("List what a market shows, with what it costs and whether it can be bought now")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<Results<Revalidated<Listing>, ProblemHttpResult>> Handle(
        [Description("US, GB (or UK), DE, FR; any case.")] string market,
        NpgsqlDataSource db, CopyKeeper copies, TimeProvider clock, CancellationToken cancellation,
        [Description("Words of the name, summary or description; typing errors are forgiven. At most 100 characters.")]
        string? search = null,
        [Description("Slug of a category.")] string? category = null,
        [Description("Two letters; a language that the market does not speak gives way to the market's own.")]
        string? language = null,
        [Description("From 1.")] int page = 1,
        [Description("1 to 100.")] int pageSize = 24)
    {
        if (page < 1)
            return Problems.MalformedRequest("page starts at 1.");
        if (pageSize is < 1 or > MaxPageSize)
            return Problems.MalformedRequest($"pageSize is 1 to {MaxPageSize}.");
        if (search?.Length > MaxSearch)
            return Problems.MalformedRequest($"search has at most {MaxSearch} characters.");

        if (MarketCode.Normalize(market) is not { } code)
            return Problems.UnknownMarket(market);

        var now = clock.GetUtcNow();
        var wanted = new Wanted(
            code, now, language?.ToLowerInvariant(),
            Search: string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
            Category: string.IsNullOrEmpty(category) ? null : category,
            Limit: pageSize, Offset: (page - 1L) * pageSize);
        if (await ShelfQuery.Read(db, wanted, cancellation) is not { } shelf)
            return copies.IsWhole ? Problems.UnknownMarket(market) : throw new NotReady("every market");

        var shown = shelf.Products.Select(row => ProductView.Of(row, code, now)).ToList();
        return new Revalidated<Listing>(
            new Listing([.. shown.Select(product => product.View)], page, pageSize, shelf.Total),
            now, shown.Select(product => product.NextChange).Append(shelf.NextTerms).Min());
    }
}
