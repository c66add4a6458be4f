using MiStore.Contracts;

namespace MiStore.Pricing.PriceLists;

/// <summary>A price, and the instant from which it applies until the next one does.</summary>
public sealed record PriceStart(DateTimeOffset From, Money Price);

/// <summary>What one SKU has cost, costs and will cost in one market, as far as shoppers were or will be told.</summary>
public sealed class PriceHistory
{
    static readonly TimeSpan ThirtyDays = TimeSpan.FromDays(30);

    readonly List<PriceStart> prices = [];

    /// <param name="starts">At most one price an instant, in any order.</param>
    /// <param name="announcedFrom">Prices that ended before nobody has seen, so they are no history.</param>
    public PriceHistory(IEnumerable<PriceStart> starts, DateTimeOffset announcedFrom)
    {
        foreach (var start in starts.OrderBy(start => start.From))
        {
            if (start.From <= announcedFrom)
                prices.Clear();

            // The same price said again is neither a change nor a new beginning.
            if (prices.Count == 0 || prices[^1].Price != start.Price)
                prices.Add(start.From < announcedFrom ? start with { From = announcedFrom } : start);
        }
    }

    public Money? At(DateTimeOffset now) => InForce(now) is var i and >= 0 ? prices[i].Price : null;

    /// <summary>
    /// While a reduced price holds: the lowest price of the 30 days before the reduction began, or of the time that the
    /// product has been on sale where that is shorter (Directive 98/6/EC, article 6a). Null where the price in force is
    /// the first, or higher than the one before it.
    /// </summary>
    public Money? LowestBeforeReduction(DateTimeOffset now)
    {
        var i = InForce(now);
        if (i < 1 || prices[i].Price >= prices[i - 1].Price)
            return null;

        // The days before the reduction began, not the last days: what counts must not slide while the reduction lasts.
        var since = prices[i].From - ThirtyDays;
        return Enumerable.Range(0, i).Where(j => prices[j + 1].From > since).Min(j => prices[j].Price);
    }

    int InForce(DateTimeOffset now) => prices.FindLastIndex(start => start.From <= now);
}
