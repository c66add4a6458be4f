using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>
/// Somebody whose turn it is needs more time: on the page of the waiting room, and in the checkout, where what they have typed
/// stays as it is (<see cref="Checkout.ReviewOrder"/>).
/// </summary>
static class ExtendTurn
{
    /// <summary>In the address of the page to which this leads, so that the page can say what has happened.</summary>
    public const string Given = "more-time";

    public static void MapExtendTurn(this RouteGroupBuilder shop) => shop.MapPost("/sales/{id:guid}/more-time", Handle);

    static async Task<IResult> Handle(Guid id, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (TicketCookie.Read(http.Request, id) is not { } ticket)
            return Results.LocalRedirect(visit.Place.Sale(id));

        var (_, refusal) = await Ask(id, ticket, http, visit, store, cancellation);
        if (refusal is not { Code: "no-more-time" })
            return Results.LocalRedirect(visit.Place.Sale(id) + (refusal is null ? $"?{Given}" : ""));

        var sale = (await store.GetSale(id, cancellation)).OrThrow();
        var place = await ShowLine.PlaceOf(id, http, store, cancellation);
        return ShowLine.Of(sale, place, http, visit, Refusals.Say(refusal, visit), status: refusal.Status);
    }

    /// <returns>The visit as it goes on from here, and what is to be said about it: good news, or why not.</returns>
    public static async Task<(Visit Visit, string? News, string? Problem)> InCheckout(
        HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (visit.Turn is not { } turn)
            return (visit, null, null);

        var (longer, refusal) = await Ask(turn.Sale, turn.Ticket, http, visit, store, cancellation);
        return refusal is not null
            ? (visit, null, refusal.Code == "not-admitted" ? visit.Words.LapsedTitle : Refusals.Say(refusal, visit))
            : longer is null ? (visit, null, null)
            : (visit with { Turn = longer }, string.Format(visit.Words.MoreTimeGiven, visit.Place.Time(longer.Until)), null);
    }

    static async Task<(Turn? Turn, Refusal? Refusal)> Ask(
        Guid sale, string ticket, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (!(await store.ExtendTurn(sale, ticket, cancellation)).Is(out var place, out var refusal))
            return (null, refusal);

        TicketCookie.Write(http, sale, place.Ticket);
        if (visit.Turn is not { } turn || turn.Sale != sale || place.AdmittedUntil is not { } until)
            return (null, null);

        var longer = turn with { Until = until, Ticket = place.Ticket, ExtensionsLeft = place.ExtensionsLeft ?? 0 };
        longer.Write(http, until - place.ServerTime);
        return (longer, null);
    }
}
