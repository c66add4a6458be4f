using MiStore.Checkout.Inputs;
using MiStore.Checkout.Orders;

namespace MiStore.Replay;

/// <summary>
/// What nobody has recorded because it never happened. Orders that were refused in truth and get units under other rules are paid,
/// after as long as half of the real ones took at most; and where holds last otherwise, each order's ends when it says.
/// </summary>
public sealed class Assumed
{
    readonly HashSet<Guid> real;
    readonly bool holdsEnd;
    int foreseen;

    Assumed(HashSet<Guid> real, TimeSpan paidAfter, bool holdsEnd) => (this.real, PaidAfter, this.holdsEnd) = (real, paidAfter, holdsEnd);

    /// <summary>How long an order that never was takes to be paid.</summary>
    public TimeSpan PaidAfter { get; }

    public static Assumed Of(Recording recording, WhatIf rules)
    {
        var placed = recording.Arrivals.Where(input => input.Refused is null).ToDictionary(input => input.Order!.Value, input => input.By!.PlacedAt);
        var times = recording.Entries.Where(entry => entry is { Movement: "sold", Order: { } order } && placed.ContainsKey(order))
            .Select(entry => entry.At - placed[entry.Order!.Value]).Order().ToList();
        return new Assumed([.. placed.Keys], times.Count > 0 ? times[times.Count / 2] : TimeSpan.Zero, rules.Hold is not null);
    }

    internal void Foresee(Input arrival, DateTimeOffset at, PriorityQueue<(Guid, OrderFact), (DateTimeOffset, int)> later)
    {
        var order = arrival.Order!.Value;
        if (!real.Contains(order))
            later.Enqueue((order, new OrderFact.PaymentSucceeded("assumed")), (at + PaidAfter, foreseen++));
        if (holdsEnd)
            later.Enqueue((order, new OrderFact.ReservationExpired()), (arrival.By!.ReservedUntil, foreseen++));
    }
}
