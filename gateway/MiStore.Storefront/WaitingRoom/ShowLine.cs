using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>
/// How a batch is sold in turn, and where the shopper's own place in its line stands. Without a place the page is the same for
/// all; with one, the script asks the gateway alone, and this page again only when something has happened.
/// </summary>
static class ShowLine
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    public static void MapShowLine(this RouteGroupBuilder shop) => shop.MapGet("/sales/{id:guid}", Handle).IsSameForAll();

    static async Task<IResult> Handle(Guid id, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        var sale = (await store.GetSale(id, cancellation)).OrThrow();
        if (sale.Market != visit.Market)
            return FaultPages.NotFound(http);
        if (await PlaceOf(sale.Id, http, store, cancellation) is { } place)
            return Of(sale, place, http, visit);

        // A crowd that came too late costs nothing but this.
        return sale.Phase == "sold-out" ? Results.LocalRedirect(visit.Place.SoldOut) : Page.Of<LinePage>(new { Visit = visit, Sale = sale });
    }

    public static IResult Of(
        Sale sale, PlaceInLine? place, HttpContext http, Visit visit, string? problem = null, string? email = null, int status = 200,
        LinePage.Puzzle? puzzle = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        var hasMoreTime = http.Request.Query.ContainsKey(ExtendTurn.Given);
        var isNoted = http.Request.Query.ContainsKey(AskForReminder.Noted);
        return Page.Of<LinePage>(
            new
            {
                Visit = visit, Sale = sale, Standing = place, Problem = problem, HasMoreTime = hasMoreTime, IsNoted = isNoted,
                Email = email, Asked = puzzle,
            },
            status);
    }

    /// <summary>Where the shopper's place stands, which the asking keeps; null where they have none.</summary>
    public static async Task<PlaceInLine?> PlaceOf(Guid sale, HttpContext http, StoreClient store, CancellationToken cancellation)
    {
        if (TicketCookie.Read(http.Request, sale) is not { } ticket)
            return null;

        var reply = await store.GetTicket(sale, ticket, cancellation);
        if (reply.Refusal is { Code: "too-soon" })
        {
            // Two tabs, or the script has just asked.
            await Task.Delay(BetweenLooks, cancellation);
            reply = await store.GetTicket(sale, ticket, cancellation);
        }

        if (reply.Refusal is { Code: "invalid-ticket" })
        {
            TicketCookie.Forget(http, sale);
            return null;
        }

        var place = reply.OrThrow();
        TicketCookie.Write(http, sale, place.Ticket);
        return place;
    }
}
