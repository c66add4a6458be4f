using MiStore.Checkout.Orders;
using MiStore.Checkout.Stock;
using MiStore.Contracts.Orders;
using static MiStore.Checkout.Tests.AnOrder;

namespace MiStore.Checkout.Tests.Orders;

public sealed class When_an_order_hears_of_its_payment
{
    static readonly OrderFact.PaymentSucceeded Success = new("pi_1");
    static readonly OrderFact.PaymentDeclined Refusal = new("pi_1", "insufficient_funds");

    readonly Order paying = Reserved().On(new OrderFact.PaymentStarted(), Noon).Order;

    [Fact]
    public void A_success_sells_the_units()
    {
        var step = paying.On(Success, Noon);

        step.Order.Status.ShouldBe(OrderStatus.Paid);
        step.Movement.ShouldBe(Movement.Sold);
        step.Messages.ShouldHaveSingleItem().ShouldBeOfType<OrderPaid>();
    }

    [Fact]
    public void A_refusal_gives_them_back_with_the_reason()
    {
        var step = paying.On(Refusal, Noon);

        step.Order.Status.ShouldBe(OrderStatus.Rejected);
        step.Order.Reason.ShouldBe("insufficient_funds");
        step.Movement.ShouldBe(Movement.Returned);
    }

    [Fact]
    public void Hearing_it_again_changes_nothing()
    {
        var paid = paying.On(Success, Noon).Order;

        foreach (var again in new OrderFact[] { Success, Refusal })
        {
            var step = paid.On(again, Noon.AddHours(1));
            step.Order.ShouldBe(paid);
            step.Movement.ShouldBeNull();
            step.Messages.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Money_for_an_expired_order_goes_back()
    {
        var expired = paying.On(new OrderFact.ReservationExpired(), Noon.AddMinutes(10)).Order;
        var late = expired.On(Success, Noon.AddMinutes(20)).Order;

        late.Funds.ShouldBe(Funds.RefundDue);
        late.On(new OrderFact.RefundMade(), Noon.AddMinutes(21)).Order.Status.ShouldBe(OrderStatus.Refunded);
    }

    [Fact]
    public void Money_that_comes_after_a_refusal_goes_back()
    {
        var rejected = paying.On(Refusal, Noon).Order;

        rejected.On(Success, Noon).Order.Funds.ShouldBe(Funds.RefundDue);
    }

    [Fact]
    public void An_unpaid_hold_cannot_start_a_payment_after_it_has_ended() =>
        Reserved(until: Noon).On(new OrderFact.PaymentStarted(), Noon).IsRefused.ShouldBeTrue();

    [Fact]
    public void A_hold_does_not_end_before_its_time() =>
        paying.On(new OrderFact.ReservationExpired(), Noon.AddMinutes(9)).Order.ShouldBe(paying);

    [Fact]
    public void An_order_that_was_cancelled_while_we_asked_is_still_asked_about()
    {
        var cancelled = paying.On(new OrderFact.CancellationRequested(), Noon).Order;

        cancelled.Status.ShouldBe(OrderStatus.Cancelled);
        cancelled.PaymentDue.ShouldNotBeNull();
    }

    [Fact]
    public void A_cancelled_order_that_nobody_was_asked_to_pay_for_is_left_alone()
    {
        var cancelled = Reserved().On(new OrderFact.CancellationRequested(), Noon).Order;

        cancelled.PaymentDue.ShouldBeNull();
        cancelled.On(new OrderFact.PaymentStarted(), Noon).IsRefused.ShouldBeTrue();
    }

    [Fact]
    public void A_paid_order_can_be_taken_back_until_it_is_packed()
    {
        var paid = paying.On(Success, Noon).Order;
        paid.On(new OrderFact.CancellationRequested(), Noon).Movement.ShouldBe(Movement.Restocked);

        var packed = paid.On(new OrderFact.ParcelPacked(), Noon).Order;
        packed.On(new OrderFact.CancellationRequested(), Noon).IsRefused.ShouldBeTrue();
    }

    [Fact]
    public void The_timeline_tells_all_of_it() =>
        paying.On(Success, Noon.AddSeconds(2)).Order.Timeline.Select(entry => entry.Status)
            .ShouldBe([OrderStatus.Reserved, OrderStatus.Paying, OrderStatus.Paid]);
}
