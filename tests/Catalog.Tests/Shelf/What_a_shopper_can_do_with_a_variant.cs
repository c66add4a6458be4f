using MiStore.Catalog.Shelf;
using MiStore.Contracts;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

namespace MiStore.Catalog.Tests.Shelf;

public sealed class What_a_shopper_can_do_with_a_variant
{
    static readonly DateTimeOffset Now = CatalogShop.Now;
    static readonly DateTimeOffset Earlier = Now.AddDays(-3);
    static readonly DateTimeOffset Later = Now.AddDays(3);
    static readonly Money Price = new(1499, "USD");

    [Fact]
    public void It_can_be_bought_when_it_is_sold_and_some_are_left()
    {
        var offer = OfferView.Of(Sold with { LimitPerCustomer = 2, LowestPrice30Days = new Money(1399, "USD") }, Stock(Open(Remaining.Few)), Now);

        offer.ShouldBe(new OfferView(ShelfState.Sellable, Price, new Money(1399, "USD"), 2, null, offer.Reasons, Remaining.Few));
        offer.Reasons.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_sold_out_when_the_ledger_said_zero() =>
        Of(Sold, Open(Remaining.None)).ShouldBe((ShelfState.SoldOut, null));

    [Fact]
    public void A_sold_out_one_says_when_there_will_be_more() =>
        Of(Sold, Open(Remaining.None), new(Later, null, Remaining.Many)).ShouldBe((ShelfState.SoldOut, Later));

    [Fact]
    public void It_is_not_sold_out_before_anything_was_released() => Of(Sold).ShouldBe((ShelfState.Upcoming, null));

    [Fact]
    public void It_is_not_sold_out_when_Checkout_never_spoke_of_it() =>
        OfferView.Of(Sold, stock: null, Now).State.ShouldBe(ShelfState.Upcoming);

    [Fact]
    public void It_comes_when_its_first_batch_opens() =>
        Of(Sold, new BatchAvailability(Later.AddDays(1), null, Remaining.Many), new(Later, null, Remaining.Many)).ShouldBe((ShelfState.Upcoming, Later));

    [Fact]
    public void It_is_not_sold_out_when_a_closed_batch_kept_some() =>
        Of(Sold, new BatchAvailability(Earlier, Now, Remaining.Few)).State.ShouldBe(ShelfState.Upcoming);

    [Fact]
    public void An_open_batch_with_units_is_enough() =>
        Of(Sold, Open(Remaining.None), Open(Remaining.Many)).State.ShouldBe(ShelfState.Sellable);

    [Fact]
    public void A_batch_opens_at_its_instant_and_not_before()
    {
        var batch = Stock(new BatchAvailability(Later, null, Remaining.Many));

        OfferView.Of(Sold, batch, Later.AddTicks(-1)).State.ShouldBe(ShelfState.Upcoming);
        OfferView.Of(Sold, batch, Later).State.ShouldBe(ShelfState.Sellable);
    }

    [Fact]
    public void An_upcoming_one_says_when_the_sale_starts() =>
        Of(Terms(OfferState.Upcoming) with { AvailableFrom = Later }, Open(Remaining.Many)).ShouldBe((ShelfState.Upcoming, Later));

    [Fact]
    public void A_restricted_one_says_why()
    {
        var offer = OfferView.Of(Terms(OfferState.Restricted) with { Reasons = ["patents", "localisation"] }, Stock(Open(Remaining.Many)), Now);

        offer.State.ShouldBe(ShelfState.Restricted);
        offer.Reasons.ShouldBe(["patents", "localisation"]);
    }

    [Theory]
    [InlineData(OfferState.NotOffered, ShelfState.NotOffered)]
    [InlineData(OfferState.Paused, ShelfState.Paused)]
    [InlineData(OfferState.Upcoming, ShelfState.Upcoming)]
    [InlineData(OfferState.Restricted, ShelfState.Restricted)]
    public void Stock_changes_nothing_about_what_is_not_sold(OfferState terms, ShelfState shown)
    {
        foreach (var left in Enum.GetValues<Remaining>())
        {
            var offer = OfferView.Of(Terms(terms), Stock(Open(left)), Now);
            offer.State.ShouldBe(shown);
            offer.Remaining.ShouldBe(Remaining.None);
        }
    }

    static OfferTerms Sold => Terms(OfferState.Sellable);

    static OfferTerms Terms(OfferState state) => new(Earlier, state, Price);

    static BatchAvailability Open(Remaining left) => new(Earlier, null, left);

    static AvailabilityChanged Stock(params BatchAvailability[] batches) => new("US", "MI-BAND-BLK", 1, batches);

    static (ShelfState State, DateTimeOffset? AvailableFrom) Of(OfferTerms terms, params BatchAvailability[] batches)
    {
        var offer = OfferView.Of(terms, Stock(batches), Now);
        return (offer.State, offer.AvailableFrom);
    }
}
