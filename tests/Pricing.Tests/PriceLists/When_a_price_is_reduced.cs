using MiStore.Contracts;
using MiStore.Pricing.PriceLists;
using static MiStore.Pricing.Tests.Calendars;

namespace MiStore.Pricing.Tests.PriceLists;

/// <summary>Directive 98/6/EC, article 6a: the lowest price of the 30 days before the reduction began.</summary>
public sealed class When_a_price_is_reduced
{
    [Fact]
    public void The_lowest_price_before_counts_even_when_it_is_below_the_reduced_one() =>
        Lowest("2015-07-10", Price("2015-06-01", 8000), Price("2015-06-20", 10000), Price("2015-07-01", 9000)).ShouldBe(Euro(8000));

    [Fact]
    public void A_price_that_ended_just_within_the_30_days_counts() =>
        Lowest("2015-08-01", Price("2015-06-01", 8000), Price("2015-07-01T00:00:01", 10000), Price("2015-07-31", 9000)).ShouldBe(Euro(8000));

    [Fact]
    public void A_price_that_ended_30_days_before_does_not() =>
        Lowest("2015-08-01", Price("2015-06-01", 8000), Price("2015-07-01", 10000), Price("2015-07-31", 9000)).ShouldBe(Euro(10000));

    [Fact]
    public void It_does_not_slide_while_the_reduction_lasts() =>
        Lowest("2016-07-01", Price("2015-06-01", 8000), Price("2015-06-20", 10000), Price("2015-07-01", 9000)).ShouldBe(Euro(8000));

    [Fact]
    public void A_product_younger_than_30_days_has_the_lowest_since_it_came() =>
        Lowest("2015-06-06", Price("2015-06-01", 10000), Price("2015-06-05", 9000)).ShouldBe(Euro(10000));

    [Fact]
    public void The_first_price_is_no_reduction() => Lowest("2015-06-06", Price("2015-06-01", 10000)).ShouldBeNull();

    [Fact]
    public void A_raise_is_no_reduction() =>
        Lowest("2015-06-06", Price("2015-06-01", 9000), Price("2015-06-05", 10000)).ShouldBeNull();

    [Fact]
    public void Before_it_begins_nothing_is_reduced() =>
        Lowest("2015-06-04", Price("2015-06-01", 10000), Price("2015-06-05", 9000)).ShouldBeNull();

    [Fact]
    public void Saying_the_reduced_price_again_is_no_new_beginning() =>
        Lowest("2015-07-10", Price("2015-06-01", 10000), Price("2015-06-05", 9000), Price("2015-07-08", 9000)).ShouldBe(Euro(10000));

    [Fact]
    public void A_second_reduction_looks_at_the_30_days_before_itself() =>
        Lowest("2015-06-20", Price("2015-06-01", 10000), Price("2015-06-05", 9000), Price("2015-06-15", 8000)).ShouldBe(Euro(9000));

    [Fact]
    public void A_price_that_was_never_shown_is_no_history() =>
        new PriceHistory([Price("2015-04-01", 8000), Price("2015-05-01", 10000), Price("2015-05-20", 9000)], Announcement)
            .LowestBeforeReduction(Opening).ShouldBe(Euro(10000));

    static Money? Lowest(string now, params PriceStart[] prices) =>
        new PriceHistory(prices.Reverse(), Announcement).LowestBeforeReduction(Utc(now));
}
