using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;
using MiStore.Storefront.WaitingRoom;

namespace MiStore.Storefront.Checkout;

/// <summary>The second screen: everything that the order will cost, to the cent, before the button that obliges to pay.</summary>
static class ReviewOrder
{
    public static void MapReviewOrder(this RouteGroupBuilder shop) => shop.MapPost("/checkout", Handle);

    /// <param name="choose">The shipping method whose button was pressed.</param>
    /// <param name="edit">There when the shopper wants back to the address.</param>
    /// <param name="more">The screen on which they asked for more time, where it is their turn.</param>
    static async Task<IResult> Handle(
        [FromForm] AddressForm form, [FromForm] string? choose, [FromForm] string? edit, [FromForm] string? more,
        HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (!EnterAddress.CanBeOrdered(visit))
            return Results.LocalRedirect(visit.Place.Cart);
        if (edit is not null)
            return Page.Of<AddressPage>(new { Visit = visit, Form = form });

        form.Shipping = choose ?? form.Shipping;
        if (more is null)
            return await Show(form, visit, store, cancellation);

        var (longer, news, problem) = await ExtendTurn.InCheckout(http, visit, store, cancellation);
        return more == "address"
            ? Page.Of<AddressPage>(new { Visit = longer, Form = form, News = news, Problem = problem })
            : await Show(form, longer, store, cancellation, problem, news: news);
    }

    /// <param name="problem">Why we are back at this screen.</param>
    public static async Task<IResult> Show(
        AddressForm form, Visit visit, StoreClient store, CancellationToken cancellation,
        string? problem = null, int status = StatusCodes.Status200OK, string? news = null)
    {
        var gaps = form.Gaps(visit.Place);
        if (gaps.Count > 0)
            return Page.Of<AddressPage>(
                new { Visit = visit, Form = form, Gaps = gaps, Problem = visit.Words.FillGaps }, StatusCodes.Status422UnprocessableEntity);

        var cart = visit.Cart!;
        var reply = await store.QuoteLines(new QuoteRequest(
            visit.Market, [.. cart.Lines.Select(line => new CartLineRequest(line.Sku, line.Quantity))],
            form.DestinationIn(visit.Market), string.IsNullOrEmpty(form.Shipping) ? "standard" : form.Shipping), cancellation);

        return reply.Is(out var quote, out var refusal)
            ? Page.Of<ReviewPage>(new { Visit = visit, Form = form, Quote = quote, Key = KeyOf(cart), Problem = problem, News = news }, status)
            : Page.Of<AddressPage>(new { Visit = visit, Form = form, Problem = Refusals.Say(refusal, visit) }, refusal.Status);
    }

    /// <summary>
    /// One cart makes one order, in however many tabs it is shown and however often its button is pressed. The id itself
    /// opens the cart, so it is not what an order is known by.
    /// </summary>
    static string KeyOf(Cart cart) => "cart-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cart.Id)));
}
