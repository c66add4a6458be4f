using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Sales;
using MiStore.Gateway.Edge;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// A buyer takes a place: in the draw, up to the moment in which its list is closed, and at the end of the line after it. A
/// mailbox has one place, so asking again, from here or from another device, gives the same.
/// </summary>
static class TakeTicket
{
    /// <param name="Email">The order that the ticket makes must have the same. At most 254 characters.</param>
    public sealed record Request(string Email);

    public static void MapTakeTicket(this RouteGroupBuilder sales) => sales
        .MapPost("/{id:guid}/tickets", Handle)
        .WithName(nameof(TakeTicket))
        .WithSummary("Take a ticket for a sale")
        .Produces<TicketView>(StatusCodes.Status200OK)
        .Produces<TicketView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    static async Task<Results<Created<TicketView>, Ok<TicketView>, ProblemHttpResult>> Handle(
        Guid id, Request request, HttpContext http, SaleRooms rooms, TicketSeal seal, IOptions<RoomOptions> options, TimeProvider clock)
    {
        if (request.Email.Length > 254 || Mailbox.KeyOf(request.Email) is not { } holder)
            return SaleProblems.InvalidEmail();
        if (rooms.Find(id) is not { } room)
            return SaleProblems.UnknownSale();

        var (sale, line, now) = (room.Sale, room.Line, clock.GetUtcNow());
        switch (sale.PhaseAt(now, line))
        {
            case SalePhase.SoldOut:
                return SaleProblems.SoldOut();
            case SalePhase.Closed:
                return SaleProblems.SaleClosed();
        }

        var taken = await room.Store.Take(holder, sale.DrawAt, rooms.NetworkOf(http.ClientAddress(), http.Request.Headers["X-Forwarded-For"]), options.Value, now);
        if (taken is Taken.TooMany { ComeBackAt: var then })
            return SaleProblems.TooManyPlaces(http, then - now);

        var place = (Taken.Place)taken;
        if (place.IsNew)
            room.Tally.Count(Counted.Taken);

        var found = place.IsNew && place.Ticket.IssuedAt < sale.DrawAt
            ? new Found(TicketState.Registered)
            : await room.Store.Look(place.Ticket, sale, room.ListHash, room.Seed, now);
        var view = TicketView.Of(place.Ticket, found, sale, line, seal, now);
        http.Response.Headers.CacheControl = "no-store";
        if (view.PollAfterSeconds is { } pause)
            http.Response.Headers["Poll-After"] = $"{pause}";
        return place.IsNew ? TypedResults.Created($"/api/sales/{id}/ticket", view) : TypedResults.Ok(view);
    }
}
