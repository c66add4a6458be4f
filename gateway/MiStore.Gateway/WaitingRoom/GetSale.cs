using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Sales;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// The rules of a sale, the store's clock, and what is left, in one call that costs nothing behind the gateway; for who shows a
/// ticket also where it stands, which keeps its place as GET /api/sales/{id}/ticket does.
/// </summary>
static class GetSale
{
    public static void MapGetSale(this RouteGroupBuilder sales) => sales
        .MapGet("/{id:guid}", Handle)
        .WithName(nameof(GetSale))
        .WithSummary("Look at a sale: server time, rules, what is left, and one's own ticket")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <param name="saleTicket">The latest ticket that an answer held, where the caller has one.</param>
    static async Task<Results<Ok<SaleView>, ProblemHttpResult>> Handle(
        Guid id, [FromHeader(Name = TicketSeal.Header)] string? saleTicket, HttpContext http, SaleRooms rooms, TicketSeal seal,
        IOptions<RoomOptions> options, TimeProvider clock)
    {
        if (rooms.Find(id) is not { } room)
            return SaleProblems.UnknownSale();

        var now = clock.GetUtcNow();
        TicketView? mine = null;
        if (!string.IsNullOrEmpty(saleTicket))
        {
            if (seal.Open(saleTicket) is not { } ticket || ticket.SaleId != id)
                return SaleProblems.InvalidTicket();
            // The same question as at /ticket, so the same rhythm.
            if (room.MayAsk(ticket.Id, isHeld: false, options.Value.EarlyAsks, now) is { } comeBackIn)
                return SaleProblems.TooSoon(http, comeBackIn);
            mine = await room.Look(ticket, seal, now);
            room.Told(ticket.Id, now, TimeSpan.Zero, mine.PollAfterSeconds is { } told ? TimeSpan.FromSeconds(told) : null);
        }

        var view = SaleView.Of(room, now, mine);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = TicketSeal.Header;
        http.Response.Headers["Poll-After"] = $"{view.PollAfterSeconds}";
        return TypedResults.Ok(view);
    }
}
