using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// The published record of a sale that is over: the seed that the store was bound to, the list, and every step of the line.
/// <c>./mistore verify-queue</c> draws again from it, and so may anybody.
/// </summary>
static class GetRecord
{
    const int AtOnce = 5000;

    // Megabytes for a large sale, and the same for everybody: made once in a while, however many ask.
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    static readonly ConcurrentDictionary<Guid, (DateTimeOffset At, Task<byte[]> Json)> Made = new();

    public static void MapGetRecord(this RouteGroupBuilder sales) => sales
        .MapGet("/{id:guid}/record", Handle)
        .WithName(nameof(GetRecord))
        .WithSummary("Read the record of a sale that is over, with the seed of its draw")
        .Produces<SaleRecord>(StatusCodes.Status200OK)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(Guid id, SaleRooms rooms, TimeProvider clock)
    {
        if (rooms.Find(id) is not { } room)
            return SaleProblems.UnknownSale();
        if (room.Sale.PhaseAt(clock.GetUtcNow(), room.Line) is not (SalePhase.SoldOut or SalePhase.Closed))
            return SaleProblems.NotClosedYet();

        var now = TimeProvider.System.GetUtcNow();
        var made = Made.AddOrUpdate(
            id, _ => (now, Make(room)), (_, known) => now - known.At < Kept && !known.Json.IsFaulted ? known : (now, Make(room)));
        return TypedResults.File(await made.Json, "application/json", $"sale-{id}.json");
    }

    static async Task<byte[]> Make(SaleRoom room) => JsonSerializer.SerializeToUtf8Bytes(await Read(room), JsonSerializerOptions.Web);

    internal static async Task<SaleRecord> Read(SaleRoom room)
    {
        var journal = new List<string>();
        for (var from = 0L; ; from += AtOnce)
        {
            var part = await room.Store.Journal(from, AtOnce);
            journal.AddRange(part);
            if (part.Length < AtOnce)
                break;
        }

        var (sale, line) = (room.Sale, room.Line);
        return new SaleRecord(
            SaleRecord.CurrentFormat, sale.Id, sale.Market, sale.Sku, sale.Room.Quantity, sale.OpensAt, sale.DrawAt, sale.Rules,
            room.Commitment, Convert.ToHexStringLower(room.Seed),
            // As Checkout keeps it where it does: the one that the waiting room cannot change.
            sale.Room.Tickets?.Sha256 ?? line.ListHash, line.ListCount, line.IsDrawn ? await room.Store.List() : [], journal,
            line.Available, line.Reserved, line.Sold, line.Withdrawn, line.LostAt, sale.ClosesAt);
    }
}
