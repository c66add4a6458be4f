using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using MiStore.Pricing.PriceLists;
using static MiStore.Pricing.Tests.Calendars;

namespace MiStore.Pricing.Tests.Offers;

public sealed class When_an_offer_is_compiled
{
    static readonly LimitStart[] OneThenFive = [new(Announcement, 1), new(Opening, 5)];

    [Fact]
    public void Its_terms_change_at_the_calendars_instants() =>
        Compile(WithTest, [Price("2015-05-01", 1499)], OneThenFive).ShouldBe(
        [
            OfferTerms.NotOffered,
            new(Announcement, OfferState.Upcoming, Euro(1499), null, 1, Test),
            new(Test, OfferState.Sellable, Euro(1499), null, 1),
            new(TestEnd, OfferState.Upcoming, Euro(1499), null, 1, Opening),
            new(Opening, OfferState.Sellable, Euro(1499), null, 5),
        ]);

    [Fact]
    public void Without_a_test_it_waits_for_the_opening() =>
        Compile(WithoutTest, [Price("2015-05-01", 1499)], []).ShouldBe(
        [
            OfferTerms.NotOffered,
            new(Announcement, OfferState.Upcoming, Euro(1499), AvailableFrom: Opening),
            new(Opening, OfferState.Sellable, Euro(1499)),
        ]);

    [Fact]
    public void A_price_that_begins_later_brings_the_product_at_that_instant() =>
        Compile(WithTest, [Price("2015-06-15", 1999)], OneThenFive).ShouldBe(
        [
            OfferTerms.NotOffered,
            new(Utc("2015-06-15"), OfferState.Sellable, Euro(1999), null, 5),
        ]);

    [Fact]
    public void A_lower_price_begins_with_the_lowest_of_the_30_days_before() =>
        Compile(WithoutTest, [Price("2015-05-01", 1499), Price("2015-06-10", 1299)], [])[^1]
            .ShouldBe(new(Utc("2015-06-10"), OfferState.Sellable, Euro(1299), Euro(1499)));

    [Fact]
    public void A_limit_may_change_by_itself() =>
        Compile(WithoutTest, [Price("2015-05-01", 1499)], [new(Opening, 1), new(Utc("2015-07-01"), null)]).TakeLast(2).ShouldBe(
        [
            new(Opening, OfferState.Sellable, Euro(1499), null, 1),
            new(Utc("2015-07-01"), OfferState.Sellable, Euro(1499)),
        ]);

    [Fact]
    public void A_product_may_be_paused_by_itself_and_a_paused_market_says_so_first() =>
        OfferSchedule.Compile(WithTest with { PausedSince = Opening }, [Price("2015-05-01", 1499)], OneThenFive, [], pausedSince: Test.AddHours(1)).ShouldBe(
        [
            OfferTerms.NotOffered,
            new(Announcement, OfferState.Upcoming, Euro(1499), null, 1, Test),
            new(Test, OfferState.Sellable, Euro(1499), null, 1),
            new(Test.AddHours(1), OfferState.Paused, Euro(1499), null, 1, ProductPaused: true),
            new(Opening, OfferState.Paused, Euro(1499), null, 5),
        ]);

    [Fact]
    public void A_product_that_is_not_announced_yet_does_not_appear_by_being_paused() =>
        OfferSchedule.Compile(WithTest, [Price("2015-05-01", 1499)], [], [], pausedSince: Announcement.AddDays(-1)).TakeWhile(terms => terms.From < Announcement)
            .ShouldBe([OfferTerms.NotOffered]);

    [Fact]
    public void No_price_is_not_offered() => Compile(WithTest, [], OneThenFive).ShouldBe([OfferTerms.NotOffered]);

    [Fact]
    public void A_pause_stops_everything_after_it_and_keeps_the_price_on_show() =>
        Compile(WithTest with { PausedSince = Test.AddHours(1) }, [Price("2015-05-01", 1499)], OneThenFive).ShouldBe(
        [
            OfferTerms.NotOffered,
            new(Announcement, OfferState.Upcoming, Euro(1499), null, 1, Test),
            new(Test, OfferState.Sellable, Euro(1499), null, 1),
            new(Test.AddHours(1), OfferState.Paused, Euro(1499), null, 1),
            new(Opening, OfferState.Paused, Euro(1499), null, 5),
        ]);

    [Fact]
    public void A_restriction_wins_over_calendar_price_and_pause()
    {
        var terms = Compile(WithTest with { PausedSince = Test }, [Price("2015-05-01", 1499)], OneThenFive, ["patents", "localisation", "patents"])
            .ShouldHaveSingleItem();

        terms.State.ShouldBe(OfferState.Restricted);
        terms.Reasons.ShouldBe(["localisation", "patents"]);
        terms.Price.ShouldBeNull();
    }

    [Fact]
    public void Compiling_twice_says_the_same_and_every_boundary_changes_something()
    {
        PriceStart[] prices = [Price("2015-05-01", 1499), Price("2015-05-20", 1499), Price("2015-06-01", 1299), Price("2015-08-01", 1399)];
        var schedule = Compile(WithTest, prices, OneThenFive);

        schedule.ShouldBe(Compile(WithTest, [.. prices.Reverse()], [.. OneThenFive.Reverse()]));
        foreach (var (before, after) in schedule.Zip(schedule.Skip(1)))
        {
            after.From.ShouldBeGreaterThan(before.From);
            (after with { From = before.From }).ShouldNotBe(before);
        }
    }

    [Fact]
    public void A_limit_of_the_opening_moves_with_the_opening()
    {
        PurchaseLimit[] limits = [Limit(1, MarketPhase.Announced), Limit(5, MarketPhase.Open)];

        PurchaseLimit.Of("A", limits, WithTest).ShouldBe([new(Announcement, 1), new(Opening, 5)]);
        PurchaseLimit.Of("A", limits, WithTest with { OpensAt = Opening.AddDays(7) })[^1].ShouldBe(new(Opening.AddDays(7), 5));
    }

    [Fact]
    public void Limits_of_a_sku_replace_the_markets_and_the_later_decision_holds()
    {
        PurchaseLimit[] limits = [Limit(5, MarketPhase.Open), Limit(2, MarketPhase.Open, "B"), Limit(3, MarketPhase.Open, "B")];

        PurchaseLimit.Of("A", limits, WithTest).ShouldBe([new(Opening, 5)]);
        PurchaseLimit.Of("B", limits, WithTest).ShouldBe([new(Opening, 3)]);
    }

    static PurchaseLimit Limit(int perCustomer, MarketPhase phase, string? sku = null) => new("DE", sku, perCustomer, phase, null);

    static IReadOnlyList<OfferTerms> Compile(
        MarketCalendar calendar, PriceStart[] prices, LimitStart[] limits, params string[] restrictions) =>
        OfferSchedule.Compile(calendar, prices, limits, restrictions);
}
