using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>The shopper takes a place in the line of a sale; the same e-mail address always gets the same one.</summary>
static class JoinLine
{
    public static void MapJoinLine(this RouteGroupBuilder shop) => shop.MapPost("/sales/{id:guid}/places", Handle);

    static async Task<IResult> Handle(
        Guid id, [FromForm] string? email, [FromForm] string? puzzle, [FromForm] string? nonce, HttpContext http, Visit visit, StoreClient store,
        CancellationToken cancellation)
    {
        // Places are counted by network: the shopper's, not ours.
        var client = http.Request.Headers["X-Forwarded-For"].ToString();
        var request = new TakeTicketRequest(email?.Trim() ?? "", Known(puzzle), Known(nonce));
        var reply = await store.TakeTicket(id, request, client == "" ? null : client, cancellation);
        if (reply.Is(out var place, out var refusal))
        {
            TicketCookie.Write(http, id, place.Ticket);
            return Results.LocalRedirect(visit.Place.Sale(id));
        }

        if (refusal.Code == "sold-out")
            return Results.LocalRedirect(visit.Place.SoldOut);
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
            throw new RefusedException(refusal);

        var sale = (await store.GetSale(id, cancellation)).OrThrow();
        var problem = refusal.Status == StatusCodes.Status400BadRequest ? visit.Words.RefusedEmail : Refusals.Say(refusal, visit);
        return ShowLine.Of(sale, null, http, visit, problem, email, refusal.Status, PuzzleOf(refusal));
    }

    static LinePage.Puzzle? PuzzleOf(Refusal refusal) =>
        refusal is { Code: "proof-required" } && refusal.Text("puzzle") is { } text && refusal.Number("bits") is { } bits ? new(text, bits) : null;

    static string? Known(string? field) => string.IsNullOrEmpty(field) ? null : field;
}
