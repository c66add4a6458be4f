using MiStore.Contracts;
using MiStore.Pricing.Markets;
using MiStore.Pricing.PriceLists;

namespace MiStore.Pricing.Tests;

/// <summary>A launch to reason about: announced on 12 May, tested from 19 to 26 May, open from 1 June 2015.</summary>
static class Calendars
{
    public static readonly DateTimeOffset Announcement = Utc("2015-05-12");
    public static readonly DateTimeOffset Test = Utc("2015-05-19");
    public static readonly DateTimeOffset TestEnd = Utc("2015-05-26");
    public static readonly DateTimeOffset Opening = Utc("2015-06-01");
    public static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static readonly MarketCalendar WithTest = new(Announcement, new TestSale(Test, TestEnd), Opening);
    public static readonly MarketCalendar WithoutTest = new(Announcement, null, Opening);

    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);

    public static Money Euro(long cents) => new(cents, "EUR");

    public static PriceStart Price(string from, long cents) => new(Utc(from), Euro(cents));
}
