using MiStore.Cart.Lines;
using MiStore.Contracts;
using MiStore.Contracts.Offers;

namespace MiStore.Cart.Tests.Lines;

public sealed class Whether_a_line_can_be_sold
{
    static readonly OfferTerms Sellable = new(CartShop.Opening, OfferState.Sellable, new Money(1499, "USD"), LimitPerCustomer: 3);

    [Fact] public void Up_to_the_limit_it_can() => LineProblem.Of(Sellable, 3).ShouldBeNull();

    [Fact] public void Above_the_limit_it_cannot() => LineProblem.Of(Sellable, 4).ShouldBe(new LineProblem.OverLimit(3));

    [Fact] public void Without_a_limit_any_number_can() => LineProblem.Of(Sellable with { LimitPerCustomer = null }, 99).ShouldBeNull();

    [Fact] public void Without_a_price_it_cannot() => LineProblem.Of(Sellable with { Price = null }, 1).ShouldBeOfType<LineProblem.NotSold>();

    [Fact] public void Where_nothing_is_known_it_cannot() => LineProblem.Of(OfferTerms.NotOffered, 1).ShouldBeOfType<LineProblem.NotSold>();

    [Fact]
    public void A_restriction_gives_its_reasons() =>
        LineProblem.Of(Sellable with { State = OfferState.Restricted, Reasons = ["patents"] }, 1)
            .ShouldBeOfType<LineProblem.NotSold>().Reasons.ShouldBe(["patents"]);

    [Fact]
    public void A_coming_sale_gives_its_date_where_there_is_one()
    {
        var upcoming = Sellable with { State = OfferState.Upcoming };

        LineProblem.Of(upcoming, 1).ShouldBe(new LineProblem.NotYetOpen(null));
        LineProblem.Of(upcoming with { AvailableFrom = CartShop.Opening }, 1).ShouldBe(new LineProblem.NotYetOpen(CartShop.Opening));
    }
}
