using System.Text.Json.Serialization;

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
    /// What is left at an instant, over the batches that are open then; null when none has opened yet, which is not the
    /// same as sold out.
    /// </summary>
    public Remaining? At(DateTimeOffset now)
    {
        var opened = Batches.Where(batch => batch.OpensAt <= now).ToList();
        if (opened.Count == 0)
            return null;

        var open = opened.Where(batch => batch.ClosesAt is null || batch.ClosesAt > now);
        return open.Select(batch => batch.Remaining).DefaultIfEmpty(Remaining.None).Max();
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

public sealed record BatchAvailability(DateTimeOffset OpensAt, DateTimeOffset? ClosesAt, Remaining Remaining);
