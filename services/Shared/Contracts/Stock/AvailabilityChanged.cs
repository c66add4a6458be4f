using System.Text.Json.Serialization;
using MiStore.Contracts.Sales;

namespace MiStore.Contracts.Stock;

/// <summary>How much of a SKU a market has left, roughly. Said when a band changes, not with every unit.</summary>
[JsonConverter(typeof(KebabCase<Remaining>))]
public enum Remaining
{
    None,
    Few,
    Many,
}

/// <summary>
/// The batches of one SKU in one market and what is left of each. Replaces any news of them with a lower version.
/// </summary>
public sealed record AvailabilityChanged(
    string Market, string Sku, long Version, IReadOnlyList<BatchAvailability> Batches)
{
    /// <summary>
    /// What is left at an instant, over the batches that are open then. Null when none is open and units are left in one
    /// that has closed, or none has opened yet: there is nothing to buy, and it is not sold out either.
    /// </summary>
    public Remaining? At(DateTimeOffset now)
    {
        var opened = Batches.Where(batch => batch.OpensAt <= now).ToList();
        var open = opened.Where(batch => batch.ClosesAt is null || batch.ClosesAt > now).ToList();
        if (open.Count > 0)
            return open.Max(batch => batch.Remaining);

        return opened.Count > 0 && opened.TrueForAll(batch => batch.Remaining == Remaining.None) ? Remaining.None : null;
    }

    /// <summary>When the next batch opens, or null when none is planned.</summary>
    public DateTimeOffset? NextOpeningAfter(DateTimeOffset now) =>
        Batches.Where(batch => batch.OpensAt > now).Select(batch => (DateTimeOffset?)batch.OpensAt).Min();

    /// <summary>When the clock alone next changes the answer, or null.</summary>
    public DateTimeOffset? NextChangeAfter(DateTimeOffset now) => Batches
        .SelectMany(batch => new[] { batch.OpensAt, batch.ClosesAt })
        .Where(instant => instant > now)
        .Min();
}

/// <param name="WaitingRoom">How it is sold in turn; null where the first to order are served.</param>
public sealed record BatchAvailability(
    DateTimeOffset OpensAt, DateTimeOffset? ClosesAt, Remaining Remaining, WaitingRoom? WaitingRoom = null);
