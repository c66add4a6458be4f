using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Cart.Copies;
using MiStore.Cart.Lines;
using MiStore.Contracts.Markets;
using MiStore.ServiceDefaults;

namespace MiStore.Cart.Carts;

/// <summary>A shopper begins a cart in a market, empty or with lines at once: all of them, or no cart.</summary>
public static class OpenCart
{
    /// <param name="Market">US, GB (or UK), DE, FR; any case.</param>
    /// <param name="Lines">Each SKU once, at most 50.</param>
    public sealed record Request(string Market, IReadOnlyList<Line?>? Lines = null);

    /// <param name="Quantity">Units, 1 to 99.</param>
    public sealed record Line(string Sku, [property: Range(CartLine.MinQuantity, CartLine.MaxQuantity)] long Quantity);

    public static void MapOpenCart(this RouteGroupBuilder carts) => carts
        .MapPost("", Handle)
        .WithName(nameof(OpenCart))
        .WithSummary("Open a cart")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="language">Of the names in the answer; the market's own without it.</param>
    static async Task<Results<Created<CartView>, ProblemHttpResult>> Handle(
        Request request, string? language,
        CartStore carts, ShelfCopies shelves, IOptions<CartOptions> options, TimeProvider clock, CancellationToken cancellation)
    {
        var wanted = request.Lines?.OfType<Line>().ToList() ?? [];
        if (wanted.Count < request.Lines?.Count || wanted.DistinctBy(line => line.Sku).Count() < wanted.Count)
            return Problems.MalformedRequest("Each line names a SKU, and each SKU stands in one line.");

        if (wanted.Find(line => !LineProblem.IsQuantity(line.Quantity)) is { } wrong)
            return CartProblems.InvalidQuantity(wrong.Sku);

        if (wanted.Count > Cart.MaxLines)
            return CartProblems.CartFull();

        if (MarketCode.Normalize(request.Market) is not { } market
            || await shelves.Find(market, wanted.Select(line => line.Sku), cancellation) is not { } shelf)
            return Problems.UnknownMarket(request.Market);

        var now = clock.GetUtcNow();
        var cart = Cart.Open(market, now);
        foreach (var line in wanted)
        {
            if (!shelf.Knows(line.Sku))
                return CartProblems.UnknownSku(line.Sku);

            if (LineProblem.Of(shelf.TermsOf(line.Sku, now), (int)line.Quantity) is { } problem)
                return CartProblems.Of(problem, line.Sku, market);

            cart = cart.WithLine(line.Sku, (int)line.Quantity, now);
        }

        await carts.Save(cart, cancellation);
        return TypedResults.Created($"/api/carts/{cart.Id}", CartView.Of(cart, shelf, options.Value.Lifetime, language, now));
    }
}
