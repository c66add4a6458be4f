using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Cart.Copies;
using MiStore.Contracts.Markets;
using MiStore.ServiceDefaults;

namespace MiStore.Cart.Carts;

/// <summary>The shopper goes on in another market, and is told what that does to each line. Nothing disappears silently.</summary>
public static class SwitchMarket
{
    /// <param name="Market">US, GB (or UK), DE, FR; any case.</param>
    public sealed record Request(string Market);

    /// <param name="Changes">What is different now; a line that is not named is as it was.</param>
    public sealed record Response(CartView Cart, IReadOnlyList<LineChange> Changes);

    public static void MapSwitchMarket(this RouteGroupBuilder carts) => carts
        .MapPut("/{cartId}/market", Handle)
        .WithName(nameof(SwitchMarket))
        .WithSummary("Take the cart to another market")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="language">Of the names in the answer; the market's own without it.</param>
    static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string cartId, Request request, string? language,
        CartStore carts, ShelfCopies shelves, IOptions<CartOptions> options, TimeProvider clock, CancellationToken cancellation)
    {
        if (await carts.Find(cartId, cancellation) is not { } cart)
            return CartProblems.UnknownCart();

        var skus = cart.Lines.Select(line => line.Sku).ToList();
        if (MarketCode.Normalize(request.Market) is not { } market || await shelves.Find(market, skus, cancellation) is not { } after)
            return Problems.UnknownMarket(request.Market);

        var now = clock.GetUtcNow();
        var before = await shelves.Of(cart.Market, skus, cancellation);

        var (lines, changes) = LineChange.Between(before, after, cart.Lines, now);
        var moved = cart.In(market, lines, now);
        if (moved != cart)
            await carts.Save(moved, cancellation);

        return TypedResults.Ok(new Response(CartView.Of(moved, after, options.Value.Lifetime, language, now), changes));
    }
}
