using MiStore.Contracts.Markets;

namespace MiStore.Pricing.Markets;

/// <summary>When a market is announced, tested and opened. A phase is never stored: it follows from the clock.</summary>
/// <param name="TestSale">Null where the market opens without one.</param>
/// <param name="PausedSince">
/// Null while the market is not paused. An instant still to come is a hold: the market is announced like any other, and
/// paused when its sale would start, unless it was resumed before.
/// </param>
public sealed record MarketCalendar(
    DateTimeOffset AnnouncedFrom, TestSale? TestSale, DateTimeOffset OpensAt, DateTimeOffset? PausedSince = null)
{
    /// <summary>Every instant at which something changes by the calendar alone.</summary>
    public IEnumerable<DateTimeOffset> Boundaries =>
        new[] { AnnouncedFrom, TestSale?.From, TestSale?.Until, OpensAt, PausedSince }.OfType<DateTimeOffset>();

    public MarketPhase PhaseAt(DateTimeOffset now) =>
        PausedSince <= now ? MarketPhase.Paused
        : now >= OpensAt ? MarketPhase.Open
        : TestSale is null || now < TestSale.From ? MarketPhase.Announced
        : now < TestSale.Until ? MarketPhase.Test
        : MarketPhase.Closed;

    /// <summary>Every phase with its start, for others to follow by their clocks.</summary>
    public IReadOnlyList<PhaseStart> PhaseStarts() => [.. Boundaries.Distinct().Order().Select(from => new PhaseStart(from, PhaseAt(from)))];

    /// <summary>When the next sale starts; null once the market is open.</summary>
    public DateTimeOffset? NextSaleAfter(DateTimeOffset now) =>
        TestSale?.From > now ? TestSale.From
        : OpensAt > now ? OpensAt
        : null;

    /// <summary>The instants at which sales start, pauses apart; the first is now where one is on.</summary>
    public IEnumerable<DateTimeOffset> SalesFrom(DateTimeOffset now)
    {
        var isOn = (this with { PausedSince = null }).PhaseAt(now) is MarketPhase.Test or MarketPhase.Open;
        return new[] { isOn ? now : null, TestSale?.From > now ? TestSale.From : null, OpensAt > now ? OpensAt : (DateTimeOffset?)null }
            .OfType<DateTimeOffset>();
    }

    /// <summary>The same, but paused from its next sale on (or now, where one is on) until somebody resumes it.</summary>
    public MarketCalendar Held(DateTimeOffset now) => this with { PausedSince = SalesFrom(now).First() };

    /// <summary>Whether anything is sold by this calendar earlier than by another: a sale, or the opening.</summary>
    public bool SellsSoonerThan(MarketCalendar other, DateTimeOffset now) =>
        SalesFrom(now).First() < other.SalesFrom(now).First() || OpensAt < other.OpensAt && other.OpensAt > now;

    /// <summary>
    /// Why this calendar cannot take the place of another, or null: an instant that is over stays what it was, and nothing
    /// can be planned for then. A minute is forgiven, for "now" as somebody's clock showed it.
    /// </summary>
    public string? FaultAfter(MarketCalendar before, DateTimeOffset now)
    {
        var instants = new (string Name, DateTimeOffset? At)[]
        {
            ("announcedFrom", AnnouncedFrom), ("testSale.from", TestSale?.From), ("testSale.until", TestSale?.Until), ("opensAt", OpensAt),
        };
        return instants.FirstOrDefault(instant => instant.At < now.AddMinutes(-1) && !before.Boundaries.Contains(instant.At.Value)) is { At: not null } past
            ? $"{past.Name} lies in the past."
            : null;
    }

    /// <summary>Why no market can live by this calendar, or null.</summary>
    public string? Fault =>
        TestSale is { } test && test.Until <= test.From ? "testSale.until must be after testSale.from."
        : OpensAt < TestSale?.Until ? "opensAt must not be before the test sale ends."
        : AnnouncedFrom > (TestSale?.From ?? OpensAt) ? "announcedFrom must not be after the first sale starts."
        : null;
}

/// <param name="Until">The first instant at which the test is over.</param>
public sealed record TestSale(DateTimeOffset From, DateTimeOffset Until);
