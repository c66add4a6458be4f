using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Cart.Copies;

namespace MiStore.Cart.Carts;

/// <summary>
/// A guest signs in, or comes back on another device: what lies in one cart is put into another, summed SKU by SKU. Nothing
/// is lost: what is over a limit is cut to it and said, and the cart that was merged stays as it was.
/// </summary>
public static class MergeCarts
{
    /// <param name="From">The id of the cart whose lines are put into this one. It stays as it is.</param>
    public sealed record Request(string From);

    /// <param name="Changes">Where the two could not simply be added up; in the order of the lines.</param>
    public sealed record Response(CartView Cart, IReadOnlyList<LineChange> Changes);

    public static void MapMergeCarts(this RouteGroupBuilder carts) => carts
        .MapPost("/{cartId}/merge", Handle)
        .WithName(nameof(MergeCarts))
        .WithSummary("Put another cart's lines into this one")
        .WithDescription(
            """
            Doing it twice with one cart changes nothing more. Prices are this cart's market's, also where the other was opened
            elsewhere. 404 unknown-cart (either of them) · 400 malformed-request (a cart and itself) · 409 cart-full
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="language">Of the names in the answer; the market's own without it.</param>
    static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string cartId, Request request, string? language,
        CartStore carts, ShelfCopies shelves, IOptions<CartOptions> options, TimeProvider clock, CancellationToken cancellation)
    {
        if (request.From == cartId)
            return ServiceDefaults.Problems.MalformedRequest("A cart cannot be merged into itself.");
        if (await carts.Find(cartId, cancellation) is not { } cart || await carts.Find(request.From, cancellation) is not { } other)
            return CartProblems.UnknownCart();

        var now = clock.GetUtcNow();
        var shelf = await shelves.Of(cart.Market, cart.Lines.Concat(other.Lines).Select(line => line.Sku), cancellation);
        if (Merge(cart, other, shelf, now) is not var (merged, changes))
            return CartProblems.CartFull();

        if (merged != cart)
            await carts.Save(merged, cancellation);
        return TypedResults.Ok(new Response(CartView.Of(merged, shelf, options.Value.Lifetime, language, now), changes));
    }

    /// <returns>Null when there are more lines than a cart holds: then nothing is merged, rather than a part.</returns>
    public static (Cart Cart, IReadOnlyList<LineChange> Changes)? Merge(Cart cart, Cart other, Shelf shelf, DateTimeOffset now)
    {
        // The version too: what has come into the other cart since it was merged may be merged once more, by somebody who wants that.
        var seal = $"cart {other.Id} {other.Version}";
        if (cart.Seals.Contains(seal) || other.Lines.Count == 0)
            return (cart, []);

        var lines = cart.Lines.ToList();
        var changes = new List<LineChange>();
        foreach (var added in other.Lines)
        {
            var at = lines.FindIndex(line => line.Sku == added.Sku);
            var sum = added.Quantity + (at < 0 ? 0 : lines[at].Quantity);
            var most = Math.Min(shelf.TermsOf(added.Sku, now).LimitPerCustomer ?? CartLine.MaxQuantity, CartLine.MaxQuantity);
            // Never below what either cart had: what is too much already is the shopper's to see, not ours to take.
            var quantity = Math.Min(sum, Math.Max(most, Math.Max(added.Quantity, sum - added.Quantity)));
            if (quantity < sum)
                changes.Add(new LineChange(added.Sku, LineChangeKind.Limited, sum, quantity));

            if (at < 0)
                lines.Add(added);
            else
                lines[at] = added with { Quantity = quantity };
        }

        return lines.Count > Cart.MaxLines ? null : (cart.Sealed(seal) with { Lines = lines, UpdatedAt = now }, changes);
    }
}
