using MiStore.Checkout.Audit;
using MiStore.Checkout.Orders;
using MiStore.Checkout.Payments;

namespace MiStore.Checkout.Tests.Audit;

public sealed class When_the_providers_book_is_compared
{
    static readonly Guid Order = Guid.NewGuid();

    [Fact]
    public void Equal_books_agree()
    {
        Differences(Funds.Captured, Charged(1499)).ShouldBeEmpty();
        Differences(Funds.Refunded, Charged(1499, refunded: 1499)).ShouldBeEmpty();
        Differences(Funds.Declined, Charged(0)).ShouldBeEmpty();
        Differences(Funds.None).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_still_asked_about_is_no_difference()
    {
        Differences(Funds.Asked, Charged(1499)).ShouldBeEmpty();
        Differences(Funds.Asked).ShouldBeEmpty();
        Differences(Funds.RefundDue, Charged(1499)).ShouldBeEmpty();
    }

    [Fact]
    public void A_cent_too_much_is_found() => Differences(Funds.Captured, Charged(1500)).ShouldHaveSingleItem().ShouldContain("1500");

    [Fact]
    public void A_second_charge_is_found() => Differences(Funds.Captured, Charged(1499), Charged(1499)).ShouldHaveSingleItem().ShouldContain("2 times");

    [Fact]
    public void A_paid_order_without_its_charge_is_found() => Differences(Funds.Captured).ShouldHaveSingleItem();

    [Fact]
    public void A_refund_that_never_was_is_found() => Differences(Funds.Refunded, Charged(1499)).ShouldHaveSingleItem();

    [Fact]
    public void A_charge_without_an_order_is_found() =>
        ProviderBook.Differences(new Dictionary<Guid, ProviderBook.OurOrder>(), [Charged(1499)]).Values.ShouldHaveSingleItem().ShouldContain("without order");

    static IEnumerable<string> Differences(Funds funds, params BookEntry[] book) => ProviderBook.Differences(
        new Dictionary<Guid, ProviderBook.OurOrder> { [Order] = new(Order, "US-1", funds, 1499, "USD") }, book).Values;

    static BookEntry Charged(long captured, long refunded = 0) => new("pi_" + Guid.NewGuid(), Order, "USD", captured, refunded);
}
