namespace MiStore.Contracts.Offers;

/// <summary>
/// The terms on which a market sells one SKU, now and as far ahead as they are decided. Replaces any offer with a lower
/// version. The future is part of the news so that a boundary (an opening, a new price) takes effect everywhere at its
/// instant, by the clock, without a message that could be late.
/// </summary>
/// <param name="Schedule">Ordered by <see cref="OfferTerms.From"/>; each entry holds until the next.</param>
public sealed record OfferPublished(string Market, string Sku, long Version, IReadOnlyList<OfferTerms> Schedule)
{
    /// <summary>The terms in force at an instant.</summary>
    public OfferTerms At(DateTimeOffset now) => Schedule.LastOrDefault(terms => terms.From <= now) ?? OfferTerms.NotOffered;

    /// <summary>When the terms next change, or null when nothing more is decided.</summary>
    public DateTimeOffset? NextChangeAfter(DateTimeOffset now) =>
        Schedule.FirstOrDefault(terms => terms.From > now)?.From;
}
