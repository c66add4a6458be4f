using MiStore.Contracts.Sales;
using MiStore.ServiceDefaults;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>What came of one look at a line.</summary>
/// <param name="LetIn">Tickets whose turn it is now.</param>
/// <param name="IsSoon">The next look should come soon.</param>
/// <param name="IsRemade">The line was lost and has been begun again.</param>
/// <param name="NeedsNumbers">Nobody has told how many units there are.</param>
/// <param name="List">A closed list that Checkout does not keep yet.</param>
public sealed record Turn(IReadOnlyList<string> LetIn, bool IsSoon, bool IsRemade = false, bool NeedsNumbers = false, TicketList? List = null)
{
    // After so long without a turn, nobody can have polled either: everybody would seem to be away.
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    static readonly TimeSpan ShortlyBefore = TimeSpan.FromSeconds(5);
    static readonly TimeSpan KeptAfterTheEnd = TimeSpan.FromDays(30);

    // Networks are their holders' business; two days are enough for the report of a store that was down over a weekend night.
    static readonly TimeSpan OriginsAfterTheEnd = TimeSpan.FromDays(2);

    /// <summary>
    /// Does whatever is due in a line. Whoever dies in the middle has left nothing half done, and whoever comes second does
    /// nothing.
    /// </summary>
    public static async Task<Turn> Take(SaleRoom room, DateTimeOffset now)
    {
        var (sale, store) = (room.Sale, room.Store);
        var line = await store.State(room.TakeSeen());
        if (room.Tally.Take() is { Count: > 0 } counted)
            await store.Count(counted);
        if (!line.IsKnown)
        {
            var isBegun = await store.Begin(sale.Room.Tickets, room.WasSeen, now);
            return new Turn([], IsSoon: true, IsRemade: isBegun && (room.WasSeen || sale.Room.Tickets is not null));
        }

        room.WasSeen = true;
        room.Read(line, now);
        if (!line.IsClosed && now >= sale.DrawAt && !(line.LostAt + Line.Gathering > now))
        {
            await store.Close(now);
            return new Turn([], IsSoon: true, NeedsNumbers: !line.IsTold);
        }

        if (line is { IsClosed: true, IsDrawn: false })
        {
            await HoldDraw(room, now);
            return new Turn([], IsSoon: true, NeedsNumbers: !line.IsTold);
        }

        var list = line is { IsDrawn: true, ListHash: { } hash } && sale.Room.Tickets is null
            ? new TicketList(hash, line.ListCount, line.ListClosedAt ?? now)
            : null;
        var isNew = line.Pace.ReckonedAt == DateTimeOffset.MinValue;
        if (!isNew && now - line.Pace.ReckonedAt > Silence)
        {
            await store.Hold(line, now);
            return new Turn([], IsSoon: true, NeedsNumbers: !line.IsTold, List: list);
        }

        var phase = sale.PhaseAt(now, line);
        var (count, pace, isReckoned) = Admission.Next(sale.Rules, isNew ? line with { Pace = Pace.Unproven(now) } : line, now);
        if (phase != SalePhase.Open || line.HeldUntil > now)
            (count, pace) = (0, pace with { AdmittedAt = now });

        // A turn without anybody to let in takes back what ran out, and shows that the line is not forgotten.
        string[] let = [];
        if (count > 0 || isReckoned || isNew)
            let = await store.Admit(line, sale, count, pace, isReckoned || isNew, now) ?? [];

        if (phase is SalePhase.SoldOut or SalePhase.Closed && !room.IsForgotten)
        {
            await store.Forget(KeptAfterTheEnd, OriginsAfterTheEnd);
            room.IsForgotten = true;
        }

        return new Turn(
            let, IsSoon: phase is SalePhase.Open or SalePhase.Drawing || phase == SalePhase.Upcoming && sale.OpensAt - now < ShortlyBefore,
            NeedsNumbers: !line.IsTold, List: list);
    }

    // Places first, all of them, and then that they are all there: whoever dies in between has changed nothing yet.
    static async Task HoldDraw(SaleRoom room, DateTimeOffset now)
    {
        var list = await room.Store.List();
        var hash = Draw.HashOfList(list);
        foreach (var part in list.Chunk(1000))
        {
            CrashPoint.Pass("drawing");
            if (!await room.Store.Place(part.Select(ticket => (ticket, Draw.PlaceOfDrawn(room.Seed, hash, ticket)))))
                return;
        }

        await room.Store.Drawn(hash, list.Length, now);
    }
}
