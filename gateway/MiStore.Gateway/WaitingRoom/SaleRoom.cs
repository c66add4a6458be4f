using System.Collections.Concurrent;
using MiStore.Contracts.Sales;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>One sale as this gateway sees it: what Checkout said of it, its line as last read, and who of it waits here.</summary>
public sealed class SaleRoom(Sale sale, Line store, byte[] seed)
{
    readonly ConcurrentDictionary<Guid, TaskCompletionSource> waiting = new();
    readonly ConcurrentDictionary<Guid, Rhythm> asked = new();
    readonly ConcurrentDictionary<Guid, int> hasty = new();
    // People reload; so often too soon, beyond all allowance, is a loop.
    const int Hasty = 5;

    TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    SalePhase? phase;
    Rate taken;
    int orders, slow, busy;

    public Sale Sale { get; private set; } = sale;

    /// <summary>As last read: a tenth of a second ago while it matters.</summary>
    public LineState Line { get; private set; } = LineState.Nothing;

    public Line Store => store;

    public byte[] Seed => seed;

    /// <summary>Tickets that this gateway gave in a second, of late.</summary>
    public double TakenPerSecond(DateTimeOffset now)
    {
        lock (hasty)
            return taken.AsOf(now);
    }

    public void Took(DateTimeOffset now)
    {
        lock (hasty)
            taken = taken.Again(now);
    }

    /// <summary>What this gateway counts of the sale.</summary>
    public Tally Tally { get; } = new();

    public string Commitment { get; } = Draw.Commitment(seed);

    /// <summary>The hash of the closed list: of the line itself, or as Checkout kept it for the day on which that is lost.</summary>
    public string? ListHash => Line.ListHash ?? Sale.Room.Tickets?.Sha256;

    /// <summary>Where a ticket of this sale stands; to look keeps its place.</summary>
    public async Task<TicketView> Look(Ticket ticket, TicketSeal seal, DateTimeOffset now) =>
        TicketView.Of(ticket, await store.Look(ticket, Sale, ListHash, seed, now), Sale, Line, seal, now);

    /// <summary>Takes over newer news of the sale.</summary>
    public void Hear(Sale news)
    {
        lock (asked)
            if (news.Version > Sale.Version)
                Sale = news;
    }

    /// <summary>Takes over what was read of the line; whoever waits hears of another phase at once.</summary>
    public void Read(LineState line, DateTimeOffset now)
    {
        Line = line;
        var was = phase;
        phase = Sale.PhaseAt(now, line);
        if (was is not null && was != phase)
            Interlocked.Exchange(ref change, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Completes when the ticket is let in, or the sale comes into another phase. Ask before looking.</summary>
    public Task Change(Guid ticket) => Task.WhenAny(
        waiting.GetOrAdd(ticket, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task, Volatile.Read(ref change).Task);

    public void LetIn(Guid ticket)
    {
        if (waiting.TryRemove(ticket, out var waiter))
            waiter.TrySetResult();
    }

    public void StopWaiting(Guid ticket) => LetIn(ticket);

    /// <summary>Null when the ticket may ask now; else when to come back.</summary>
    public TimeSpan? MayAsk(Guid ticket, bool isHeld, int mostEarly, DateTimeOffset now)
    {
        var (next, comeBackIn) = asked.GetOrAdd(ticket, _ => Rhythm.Nothing(mostEarly)).Ask(isHeld, mostEarly, now);
        asked[ticket] = next;
        if (comeBackIn is not null && hasty.AddOrUpdate(ticket, 1, (_, times) => times + 1) == Hasty)
            Tally.Count(Counted.Hasty);
        return comeBackIn;
    }

    /// <summary>An answer told the ticket when to ask again: <see cref="Rhythm.Told"/>.</summary>
    public void Told(Guid ticket, DateTimeOffset at, TimeSpan held, TimeSpan? pause)
    {
        if (asked.TryGetValue(ticket, out var rhythm))
            asked[ticket] = rhythm.Told(at, held, pause);
    }

    /// <summary>An order with a ticket of this sale was answered.</summary>
    public void Saw(bool wasSlow, bool wasBusy)
    {
        Interlocked.Increment(ref orders);
        if (wasSlow)
            Interlocked.Increment(ref slow);
        if (wasBusy)
            Interlocked.Increment(ref busy);
    }

    /// <summary>What was seen since it was last asked for.</summary>
    public Observed TakeSeen() => new(Interlocked.Exchange(ref orders, 0), Interlocked.Exchange(ref slow, 0), Interlocked.Exchange(ref busy, 0));

    // Of the usher, who alone works on a room in this gateway.
    internal bool WasSeen { get; set; }

    internal bool IsForgotten { get; set; }

    internal DateTimeOffset NextLook { get; set; }

    internal DateTimeOffset SaidAt { get; set; }
}
