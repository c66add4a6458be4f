using System.Diagnostics;
using MiStore.Checkout.Orders;
using static MiStore.Checkout.Tests.AnOrder;

namespace MiStore.Checkout.Tests.Orders;

/// <summary>What a process has committed itself it need not read; but never may it tell what is no longer so.</summary>
public sealed class When_an_order_has_just_ended : IDisposable
{
    readonly OrderWaiters waiters = new();
    readonly Placement placement = APlacement();
    readonly Order paid, cancelled;

    public When_an_order_has_just_ended()
    {
        paid = placement.ToOrder().On(new OrderFact.PaymentStarted(), Noon).Order.On(new OrderFact.PaymentSucceeded("pi_1"), Noon).Order;
        cancelled = paid.On(new OrderFact.CancellationRequested(), Noon).Order;
        waiters.Expect(OrderView.Of(placement));
    }

    static long Now => Stopwatch.GetTimestamp();

    static long SecondsAgo(int seconds) => Now - seconds * Stopwatch.Frequency;

    public void Dispose() => waiters.Dispose();

    [Fact]
    public void Who_comes_then_is_told_once_and_who_asks_again_reads_it()
    {
        waiters.Find(placement.OrderId)!.Status.ShouldBe(OrderStatus.Reserved);

        waiters.Release(paid, Now);

        waiters.Find(placement.OrderId)!.Status.ShouldBe(OrderStatus.Paid);
        waiters.Find(placement.OrderId).ShouldBeNull();
    }

    [Fact]
    public async Task Who_waited_has_been_told()
    {
        var waiting = waiters.For(placement.OrderId);

        waiters.Release(paid, Now);

        (await waiting).ShouldBe(paid);
        waiters.Find(placement.OrderId).ShouldBeNull();
    }

    [Fact]
    public void What_was_decided_seconds_ago_is_read()
    {
        waiters.Release(paid, SecondsAgo(2));

        waiters.Find(placement.OrderId).ShouldBeNull();
    }

    [Fact]
    public void An_earlier_end_that_is_heard_of_later_does_not_count()
    {
        waiters.Release(cancelled, Now);
        waiters.Release(paid, Now);

        waiters.Find(placement.OrderId)!.Status.ShouldBe(OrderStatus.Cancelled);
        waiters.IsPaidBy(placement.OrderId, "pi_1").ShouldBeFalse();
    }

    [Fact]
    public void The_provider_s_report_of_that_very_payment_says_nothing_new()
    {
        waiters.IsPaidBy(placement.OrderId, "pi_1").ShouldBeFalse();

        waiters.Release(paid, SecondsAgo(2));

        waiters.IsPaidBy(placement.OrderId, "pi_1").ShouldBeTrue();
        waiters.IsPaidBy(placement.OrderId, "pi_2").ShouldBeFalse();
        waiters.IsPaidBy(Guid.NewGuid(), "pi_1").ShouldBeFalse();
    }
}
