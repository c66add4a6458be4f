using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MiStore.Contracts.Sales;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// Somebody whose turn it is needs more time to order: because they read with a screen reader, or look for their glasses
/// (WCAG 2.2.1). The rules of the sale say how often and how much. A ticket tells which end its holder knows, and only that one
/// is put off, so a double click gives no more than one.
/// </summary>
static class ExtendTurn
{
    public static void MapExtendTurn(this RouteGroupBuilder sales) => sales
        .MapPost("/{id:guid}/ticket/extension", Handle)
        .WithName(nameof(ExtendTurn))
        .WithSummary("Ask for more time to order, while it is the ticket's turn")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="saleTicket">The latest ticket that an answer held; the answer to this has a later one.</param>
    static async Task<Results<Ok<TicketView>, ProblemHttpResult>> Handle(
        Guid id, [FromHeader(Name = TicketSeal.Header)] string? saleTicket, HttpContext http, SaleRooms rooms, TicketSeal seal,
        TimeProvider clock)
    {
        if (rooms.Find(id) is not { } room)
            return SaleProblems.UnknownSale();
        if (seal.Open(saleTicket ?? "") is not { } ticket || ticket.SaleId != id)
            return SaleProblems.InvalidTicket();

        // Looked for first, so that a turn which Redis has lost is there again before it is put off.
        if ((await Look()).AdmittedUntil is not { } until)
            return SaleProblems.NotAdmitted(id);
        if (!await room.Store.Extend(ticket, room.Sale, clock.GetUtcNow()))
            return until <= clock.GetUtcNow() ? SaleProblems.NotAdmitted(id) : SaleProblems.NoMoreTime(id, until);

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(TicketView.Of(ticket, await Look(), room.Sale, room.Line, seal, clock.GetUtcNow()));

        Task<Found> Look() => room.Store.Look(ticket, room.Sale, room.ListHash, room.Seed, clock.GetUtcNow());
    }
}
