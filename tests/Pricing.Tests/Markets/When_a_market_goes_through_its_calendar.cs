using MiStore.Contracts.Markets;
using MiStore.Pricing.Markets;
using static MiStore.Pricing.Tests.Calendars;

namespace MiStore.Pricing.Tests.Markets;

public sealed class When_a_market_goes_through_its_calendar
{
    public static TheoryData<DateTimeOffset, MarketPhase> Boundaries => new()
    {
        { Announcement - Tick, MarketPhase.Announced },
        { Announcement, MarketPhase.Announced },
        { Test - Tick, MarketPhase.Announced },
        { Test, MarketPhase.Test },
        { TestEnd - Tick, MarketPhase.Test },
        { TestEnd, MarketPhase.Closed },
        { Opening - Tick, MarketPhase.Closed },
        { Opening, MarketPhase.Open },
        { Opening.AddYears(11), MarketPhase.Open },
    };

    [Theory, MemberData(nameof(Boundaries))]
    public void The_phase_follows_from_the_clock_alone(DateTimeOffset now, MarketPhase phase) => WithTest.PhaseAt(now).ShouldBe(phase);

    [Theory, MemberData(nameof(Boundaries))]
    public void Others_who_were_told_of_it_say_the_same(DateTimeOffset now, MarketPhase phase)
    {
        MarketChanged Told(MarketCalendar calendar) => new("DE", 1, "Deutschland", "EUR", "de-DE", ["de"], calendar.PhaseStarts());

        Told(WithTest).PhaseAt(now).ShouldBe(phase);
        Told(WithTest with { PausedSince = Test }).PhaseAt(now).ShouldBe(now < Test ? phase : MarketPhase.Paused);
    }

    [Fact] public void Without_a_test_it_is_announced_until_it_opens() => WithoutTest.PhaseAt(Opening - Tick).ShouldBe(MarketPhase.Announced);

    [Fact]
    public void A_pause_holds_in_every_phase_from_its_instant_on()
    {
        var paused = WithTest with { PausedSince = Test.AddHours(1) };

        paused.PhaseAt(Test).ShouldBe(MarketPhase.Test);
        paused.PhaseAt(Test.AddHours(1)).ShouldBe(MarketPhase.Paused);
        paused.PhaseAt(Opening).ShouldBe(MarketPhase.Paused);
    }

    [Fact]
    public void The_next_sale_is_the_test_then_the_opening_then_none()
    {
        WithTest.NextSaleAfter(Announcement).ShouldBe(Test);
        WithTest.NextSaleAfter(Test).ShouldBe(Opening);
        WithTest.NextSaleAfter(Opening).ShouldBeNull();
        WithoutTest.NextSaleAfter(Announcement).ShouldBe(Opening);
    }

    [Fact]
    public void A_calendar_that_contradicts_itself_says_where()
    {
        WithTest.Fault.ShouldBeNull();
        (WithTest with { OpensAt = TestEnd }).Fault.ShouldBeNull();
        (WithTest with { TestSale = new TestSale(Test, Test) }).Fault.ShouldBe("testSale.until must be after testSale.from.");
        (WithTest with { OpensAt = TestEnd - Tick }).Fault.ShouldBe("opensAt must not be before the test sale ends.");
        (WithTest with { AnnouncedFrom = Test + Tick }).Fault.ShouldBe("announcedFrom must not be after the first sale starts.");
        (WithoutTest with { AnnouncedFrom = Opening + Tick }).Fault.ShouldBe("announcedFrom must not be after the first sale starts.");
    }
}
