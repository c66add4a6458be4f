using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Sales;
using MiStore.Gateway.Edge;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// A buyer takes a place: in the draw, up to the moment in which its list is closed, and at the end of the line after it. A
/// mailbox has one place, so asking again, from here or from another device, gives the same. Where many places were taken from the
/// caller's network, 428 proof-required has a puzzle: sent again with its answer, or unanswered after a pause, it buys one.
/// </summary>
static class TakeTicket
{
    /// <param name="Email">The order that the ticket makes must have the same. At most 254 characters.</param>
    /// <param name="Puzzle">As the answer 428 had it.</param>
    /// <param name="Nonce">
    /// Up to 32 letters and digits with which the SHA-256 of <c>{puzzle}.{nonce}</c> begins with as many zero bits as the answer said;
    /// none where its pause was waited instead.
    /// </param>
    public sealed record Request(string Email, string? Puzzle = null, string? Nonce = null);

    public static void MapTakeTicket(this RouteGroupBuilder sales) => sales
        .MapPost("/{id:guid}/tickets", Handle)
        .WithName(nameof(TakeTicket))
        .WithSummary("Take a ticket for a sale")
        .Produces<TicketView>(StatusCodes.Status200OK)
        .Produces<TicketView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    static async Task<Results<Created<TicketView>, Ok<TicketView>, ProblemHttpResult>> Handle(
        Guid id, Request request, HttpContext http, SaleRooms rooms, TicketSeal seal, PuzzleSeal puzzles, IOptions<RoomOptions> options,
        TimeProvider clock)
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

        var shown = puzzles.Open(request.Puzzle ?? "");
        var proof = Proof.Of(shown, request.Puzzle ?? "", request.Nonce, id, holder, options.Value, now);
        var network = rooms.NetworkOf(http.ClientAddress(), http.Request.Headers["X-Forwarded-For"]);
        var taken = await room.Store.Take(holder, sale.DrawAt, network, options.Value, now, room.TakenPerSecond(now), proof);
        if (taken is Taken.NeedsWork { Bits: var bits })
            return Ask(bits);
        if (taken is Taken.TooMany { ComeBackAt: var then })
            return SaleProblems.TooManyPlaces(http, then - now);

        var place = (Taken.Place)taken;
        if (place.IsNew)
        {
            room.Took(now);
            room.Tally.Count(Counted.Taken);
            if (proof.Bits > 0)
                room.Tally.Count(proof.IsPatience ? Counted.Patient : Counted.Proven);
        }

        var found = place.IsNew && place.Ticket.IssuedAt < sale.DrawAt
            ? new Found(TicketState.Registered)
            : await room.Store.Look(place.Ticket, sale, room.ListHash, room.Seed, now);
        var view = TicketView.Of(place.Ticket, found, sale, line, seal, now);
        http.Response.Headers.CacheControl = "no-store";
        if (view.PollAfterSeconds is { } pause)
            http.Response.Headers["Poll-After"] = $"{pause}";
        return place.IsNew ? TypedResults.Created($"/api/sales/{id}/ticket", view) : TypedResults.Ok(view);

        // Who waits and asks too soon goes on waiting: the puzzle stays the same as long as it is worth as much.
        ProblemHttpResult Ask(int bits)
        {
            var isStill = proof.Bits == 0 && shown is not null && shown.SaleId == id && shown.Holder == holder && shown.Bits >= bits
                && shown.MadeAt + Effort.Pause(shown.Bits, options.Value) > now;
            var puzzle = isStill ? shown! : new Puzzle(id, holder, bits, DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()));
            http.Response.Headers.CacheControl = "no-store";
            return SaleProblems.ProofRequired(
                puzzles.Seal(puzzle), puzzle.Bits, puzzle.MadeAt + Effort.Pause(puzzle.Bits, options.Value) - now, puzzle.ExpiresAt);
        }
    }
}
