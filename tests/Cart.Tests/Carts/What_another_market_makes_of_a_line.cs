using MiStore.Cart.Carts;
using MiStore.Cart.Copies;
using MiStore.Contracts;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;
using static MiStore.Contracts.Offers.OfferState;

namespace MiStore.Cart.Tests.Carts;

public sealed class What_another_market_makes_of_a_line
{
    static readonly DateTimeOffset Now = CartShop.Opening;
    static readonly OfferTerms Here = new(Now, Sellable, new Money(1499, "EUR"), LimitPerCustomer: 5);

    [Fact]
    public void On_the_same_terms_there_is_nothing_to_say()
    {
        var (lines, changes) = Move(3, Here, Here);

        lines.ShouldBe([new CartLine("X", 3)]);
        changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_line_that_could_not_be_bought_before_gets_a_price() =>
        Move(3, OfferTerms.NotOffered, Here).Changes.ShouldBe([new LineChange("X", LineChangeKind.Repriced, null, new Money(1499, "EUR"))]);

    [Fact]
    public void A_line_that_will_be_sold_later_says_when()
    {
        var (lines, changes) = Move(3, Here, new OfferTerms(Now, Upcoming, AvailableFrom: Now.AddDays(1)));

        lines.ShouldBe([new CartLine("X", 3)]);
        changes.ShouldHaveSingleItem().AvailableFrom.ShouldBe(Now.AddDays(1));
    }

    [Fact]
    public void A_line_that_is_not_sold_keeps_its_quantity_whatever_the_limit() =>
        Move(3, Here, Here with { State = Restricted, LimitPerCustomer = 1, Reasons = ["patents"] }).Lines.ShouldBe([new CartLine("X", 3)]);

    static (IReadOnlyList<CartLine> Lines, IReadOnlyList<LineChange> Changes) Move(int quantity, OfferTerms before, OfferTerms after) =>
        LineChange.Between(ShelfWith(before), ShelfWith(after), [new CartLine("X", quantity)], Now);

    static Shelf ShelfWith(OfferTerms terms) => new(
        new MarketChanged("DE", 1, "Deutschland", "EUR", "de-DE", ["de"]),
        new Dictionary<string, OfferPublished> { ["X"] = new("DE", "X", 1, [terms]) },
        new Dictionary<string, IReadOnlyDictionary<string, string>>(), new Dictionary<string, AvailabilityChanged>());
}
