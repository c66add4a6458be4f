using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Orders;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;
using MiStore.Storefront.WaitingRoom;

namespace MiStore.Storefront.Checkout;

/// <summary>
/// The shopper presses the button. The same form gives the same order, so a double click, a refresh and another try
/// after a broken line are all safe.
/// </summary>
static class PlaceOrder
{
    // Most payments are decided within a second; who waits sees the outcome and not a page that says "please wait".
    static readonly TimeSpan PaymentPatience = TimeSpan.FromSeconds(6);

    public static void MapPlaceOrder(this RouteGroupBuilder shop) => shop.MapPost("/checkout/order", Handle);

    static async Task<IResult> Handle(
        [FromForm] AddressForm form, [FromForm] string quote, [FromForm] string key, [FromForm] string cart, [FromForm] string card,
        [FromForm] string? ticket, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        // The latest one, of which another tab may know; the form's own is for who tries again after its time.
        ticket = visit.Turn?.Ticket ?? (ticket == "" ? null : ticket);
        var order = new OrderRequest(quote, cart, form.Customer, form.AddressIn(visit.Market), new Payment("card", card));
        var reply = await store.PlaceOrder(order, key, ticket, cancellation);

        if (!reply.Is(out var placed, out var refusal))
            return await Refused(refusal, new SealedOrder(quote, key, cart, card, ticket), form, http, visit, store, cancellation);

        Turn.Forget(http);
        var outcome = await store.GetOrder(placed.Id, placed.AccessToken, PaymentPatience, cancellation);
        // A place in a line makes one order: who is declined has no second try with it.
        if (outcome.Value is { Status: "rejected" } rejected && ticket is null)
            return await Declined(rejected, placed.AccessToken, form, http, visit, store, cancellation);

        if (visit.Cart?.Id == cart)
            CartCookie.Forget(http);
        // Not decided yet, so it may come to nothing.
        if (outcome.Value is not { Status: not ("reserved" or "paying") })
            TypedAddress.Keep(http, visit.Place, form, placed.ReservedUntil - placed.PlacedAt);
        return Results.LocalRedirect(visit.Place.Order(placed.Id, placed.AccessToken));
    }

    // The order that was declined keeps its key; the next try is another order, of a cart with the same lines.
    static async Task<IResult> Declined(
        Order order, string accessToken, AddressForm form, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (!(await OrderAgain.Refill(order, visit, store, cancellation)).Is(out var cart, out _))
            return Results.LocalRedirect(visit.Place.Order(order.Id, accessToken));

        CartCookie.Write(http, cart.Id);
        return await ReviewOrder.Show(
            form, visit with { Cart = cart }, store, cancellation,
            Refusals.SayDeclined(order.Reason, visit.Words), StatusCodes.Status402PaymentRequired);
    }

    static async Task<IResult> Refused(
        Refusal refusal, SealedOrder order, AddressForm form, HttpContext http, Visit visit, StoreClient store,
        CancellationToken cancellation)
    {
        if (refusal.Code == "idempotency-key-reused")
        {
            CartCookie.Forget(http);
            return Page.Of<OrderedPage>(new { Visit = visit with { Cart = null } }, refusal.Status);
        }

        // Where the shopper's turn has not come, or has gone by, the waiting room says so and what they can do.
        if (refusal.Code is "ticket-required" or "ticket-expired" or "not-admitted" && Guid.TryParse(refusal.Text("saleId"), out var sale))
            return Results.LocalRedirect(visit.Place.Sale(sale));

        // Whether the order was placed is not known. The very same form, sent again, finds out and cannot order twice.
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
            return Page.Of<RetryPage>(new { Visit = visit, Form = form, Order = order }, refusal.Status);

        return EnterAddress.CanBeOrdered(visit)
            ? await ReviewOrder.Show(form, visit, store, cancellation, Refusals.Say(refusal, visit), refusal.Status)
            : Page.Of<Carts.CartPage>(new { Visit = visit, Problem = Refusals.Say(refusal, visit) }, refusal.Status);
    }
}

/// <summary>What makes two presses of the button one order, beside the address.</summary>
/// <param name="Quote">As the store sealed it.</param>
/// <param name="Key">The Idempotency-Key.</param>
/// <param name="Cart">The cart that the quote was made of.</param>
/// <param name="Card">The payment provider's token.</param>
/// <param name="Ticket">Of the shopper's turn, where something is sold in turn.</param>
public sealed record SealedOrder(string Quote, string Key, string Cart, string Card, string? Ticket);
