using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Sales;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// Where a ticket stands, and when it is its turn: the ticket in the answer then opens POST /api/orders. Asking keeps the
/// place; whoever does not ask for a minute is passed by, and is next when they ask again.
/// </summary>
static class GetTicket
{
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    // To hold an answer for less is to look.
    static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(5);

    public static void MapGetTicket(this RouteGroupBuilder sales) => sales
        .MapGet("/{id:guid}/ticket", Handle)
        .WithName(nameof(GetTicket))
        .WithSummary("Look where a ticket stands; with Prefer: wait=10, wait for its turn")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <param name="saleTicket">The latest ticket that an answer held.</param>
    /// <param name="prefer">wait=1 to wait=20: holds the answer until it is the ticket's turn, or nothing is left.</param>
    static async Task<Results<Ok<TicketView>, ProblemHttpResult>> Handle(
        Guid id, [FromHeader(Name = TicketSeal.Header)] string? saleTicket, [FromHeader(Name = "Prefer")] string? prefer,
        HttpContext http, SaleRooms rooms, TicketSeal seal, IOptions<RoomOptions> options, TimeProvider clock, IHostApplicationLifetime host)
    {
        if (rooms.Find(id) is not { } room)
            return SaleProblems.UnknownSale();
        if (seal.Open(saleTicket ?? "") is not { } ticket || ticket.SaleId != id)
            return SaleProblems.InvalidTicket();
        var (wait, asked) = (WaitOf(prefer), clock.GetUtcNow());
        if (room.MayAsk(ticket.Id, wait >= ShortestWait, options.Value.EarlyAsks, asked) is { } comeBackIn)
            return SaleProblems.TooSoon(http, comeBackIn);

        var isHeld = wait > TimeSpan.Zero && rooms.TryHold();
        try
        {
            if (isHeld)
                http.Response.Headers["Preference-Applied"] = $"wait={(int)wait.TotalSeconds}";

            var began = Stopwatch.GetTimestamp();
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
            TicketView view;
            for (var isFirst = true; ; isFirst = false)
            {
                var change = isHeld ? room.Change(ticket.Id) : Task.CompletedTask;
                view = await room.Look(ticket, seal, clock.GetUtcNow());
                if (isFirst || view.PollAfterSeconds is null)
                    room.Told(
                        ticket.Id, asked, wait >= ShortestWait ? wait : TimeSpan.Zero,
                        view.PollAfterSeconds is { } told ? TimeSpan.FromSeconds(told) : null);
                var left = wait - Stopwatch.GetElapsedTime(began);
                if (!isHeld || view.Final || view.State == TicketState.Admitted || left <= TimeSpan.Zero || gone.IsCancellationRequested)
                    break;

                await change.WaitAsync(left, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            http.Response.Headers.CacheControl = "no-store";
            if (view.PollAfterSeconds is { } pause)
                http.Response.Headers["Poll-After"] = $"{pause}";
            return TypedResults.Ok(view);
        }
        finally
        {
            if (isHeld)
            {
                room.StopWaiting(ticket.Id);
                rooms.Release();
            }
        }
    }

    // RFC 7240: "wait=10", possibly among other preferences, which we may ignore.
    static TimeSpan WaitOf(string? prefer)
    {
        foreach (var preference in (prefer ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
            if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase) && int.TryParse(preference[5..], out var seconds) && seconds > 0)
                return seconds < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestWait;
        return TimeSpan.Zero;
    }
}
