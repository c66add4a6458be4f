using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>How a sale that is over was run: how quickly it answered, what it refused, and how evenly places and orders were spread.</summary>
static class GetConduct
{
    // Made of every ticket's origin, and the same for everybody.
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    static readonly ConcurrentDictionary<Guid, (DateTimeOffset At, Task<Conduct> Made)> Made = new();

    public static void MapGetConduct(this RouteGroupBuilder sales) => sales
        .MapGet("/{id:guid}/conduct", Handle)
        .WithName(nameof(GetConduct))
        .WithSummary("Read how a sale that is over was run: answers, refusals, how evenly it was spread over networks")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Results<Ok<Conduct>, ProblemHttpResult>> Handle(Guid id, SaleRooms rooms, TimeProvider clock)
    {
        if (rooms.Find(id) is not { } room)
            return SaleProblems.UnknownSale();
        if (room.Sale.PhaseAt(clock.GetUtcNow(), room.Line) is not (SalePhase.SoldOut or SalePhase.Closed))
            return SaleProblems.NotClosedYet();

        var now = TimeProvider.System.GetUtcNow();
        var made = Made.AddOrUpdate(
            id, _ => (now, Make(room)), (_, known) => now - known.At < Kept && !known.Made.IsFaulted ? known : (now, Make(room)));
        return TypedResults.Ok(await made.Made);
    }

    static async Task<Conduct> Make(SaleRoom room)
    {
        var record = await GetRecord.Read(room);
        var used = record.Journal.Select(step => step.Split(' ')).Where(step => step[0] == "used").Select(step => step[1]).ToHashSet();
        return Conduct.Of(room.Sale.Id, await room.Store.Figures(), await room.Store.Origins(), used);
    }
}
