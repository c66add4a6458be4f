using MiStore.Contracts.Markets;
using MiStore.Pricing.Markets;

namespace MiStore.Pricing.PriceLists;

/// <summary>How many units one customer may buy from an instant on.</summary>
/// <param name="PerCustomer">Null: no limit from then on.</param>
public sealed record LimitStart(DateTimeOffset From, int? PerCustomer);

/// <summary>
/// A limit as it was decided: from an instant, or from the start of a phase, so that "five each once we are open" moves
/// with the opening.
/// </summary>
/// <param name="Sku">Null: every SKU of the market, until a limit of its own begins.</param>
public sealed record PurchaseLimit(
    string Market, string? Sku, int? PerCustomer, MarketPhase? Phase, DateTimeOffset? EffectiveFrom)
{
    /// <summary>The limits of one SKU, by the calendar as it stands.</summary>
    /// <param name="limits">Of one market, oldest decision first: the later one holds where two start together.</param>
    public static List<LimitStart> Of(string sku, IReadOnlyCollection<PurchaseLimit> limits, MarketCalendar calendar)
    {
        var own = Starts(limits.Where(limit => limit.Sku == sku), calendar);
        var general = Starts(limits.Where(limit => limit.Sku is null), calendar);
        // Until a SKU's own first limit begins it has the market's, not none.
        return own.Count == 0 ? general : [.. general.Where(limit => limit.From < own[0].From), .. own];
    }

    static List<LimitStart> Starts(IEnumerable<PurchaseLimit> limits, MarketCalendar calendar) =>
    [
        .. from limit in limits
           let start = limit.StartsAt(calendar)
           where start is not null
           group limit.PerCustomer by start.Value into decided
           orderby decided.Key
           select new LimitStart(decided.Key, decided.Last()),
    ];

    /// <summary>Null: the calendar has no such phase.</summary>
    public DateTimeOffset? StartsAt(MarketCalendar calendar) => Phase switch
    {
        null => EffectiveFrom,
        MarketPhase.Announced => calendar.AnnouncedFrom,
        MarketPhase.Test => calendar.TestSale?.From,
        MarketPhase.Open => calendar.OpensAt,
        _ => null,
    };
}
