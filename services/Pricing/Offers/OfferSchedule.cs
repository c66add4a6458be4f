using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Pricing.Markets;
using MiStore.Pricing.PriceLists;

namespace MiStore.Pricing.Offers;

/// <summary>
/// Turns what is decided about one SKU in one market into its offer for all time: the terms change at the calendar's
/// instants, where a price begins and where a limit begins, and nowhere else.
/// </summary>
public static class OfferSchedule
{
    /// <param name="prices">At most one an instant, in any order. None: the market does not carry it.</param>
    /// <param name="limits">At most one an instant, in any order. None: no limit.</param>
    /// <param name="restrictions">Reason codes; one is enough, whatever calendar and prices say.</param>
    /// <param name="pausedSince">From when this product is stopped by itself; null where it is not.</param>
    public static IReadOnlyList<OfferTerms> Compile(
        MarketCalendar calendar, IReadOnlyCollection<PriceStart> prices, IReadOnlyCollection<LimitStart> limits,
        IReadOnlyCollection<string> restrictions, DateTimeOffset? pausedSince = null)
    {
        if (restrictions.Count > 0)
            return [new(DateTimeOffset.MinValue, OfferState.Restricted, Reasons: [.. restrictions.Distinct().Order(StringComparer.Ordinal)])];

        var history = new PriceHistory(prices, calendar.AnnouncedFrom);
        var schedule = new List<OfferTerms> { OfferTerms.NotOffered };
        var boundaries = calendar.Boundaries.Concat(prices.Select(price => price.From)).Concat(limits.Select(limit => limit.From));
        if (pausedSince is { } pause)
            boundaries = boundaries.Append(pause);

        foreach (var instant in boundaries.Distinct().Order())
        {
            var terms = TermsAt(instant, calendar, history, limits, pausedSince <= instant);
            // A boundary that changes nothing for this SKU is not one.
            if (terms with { From = schedule[^1].From } != schedule[^1])
                schedule.Add(terms);
        }

        return schedule;
    }

    static OfferTerms TermsAt(
        DateTimeOffset instant, MarketCalendar calendar, PriceHistory history, IReadOnlyCollection<LimitStart> limits, bool isPaused)
    {
        if (instant < calendar.AnnouncedFrom || history.At(instant) is not { } price)
            return OfferTerms.NotOffered with { From = instant };

        var phase = calendar.PhaseAt(instant);
        var state = phase switch
        {
            _ when isPaused => OfferState.Paused,
            MarketPhase.Test or MarketPhase.Open => OfferState.Sellable,
            MarketPhase.Paused => OfferState.Paused,
            _ => OfferState.Upcoming,
        };
        return new OfferTerms(
            instant, state, price, history.LowestBeforeReduction(instant),
            limits.Where(limit => limit.From <= instant).MaxBy(limit => limit.From)?.PerCustomer,
            state == OfferState.Upcoming ? calendar.NextSaleAfter(instant) : null,
            ProductPaused: isPaused && phase != MarketPhase.Paused);
    }
}
