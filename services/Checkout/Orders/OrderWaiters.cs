using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;

namespace MiStore.Checkout.Orders;

/// <summary>
/// Callers who hold the line until an order is final, and orders of a moment ago, for whom most of them come: placed by this process,
/// and ended by it too. Only a shortcut within this process: whoever waits also looks for itself now and then, because another
/// instance may have finished the order.
/// </summary>
public sealed class OrderWaiters : IDisposable
{
    const int MostOrders = 10_000;

    // A buyer asks right after the answer. What another instance makes of an order that has ended here is seen by whoever asks a moment
    // later; the provider's report comes later still, and asks for nothing that could change.
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan UntilReported = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<Guid, TaskCompletionSource<Order?>> waiting = [];
    readonly MemoryCache recent = new(new MemoryCacheOptions
    {
        SizeLimit = MostOrders, ExpirationScanFrequency = UntilReported,
    });

    /// <summary>The order as it is when it becomes final in this process; null to look again. Ask before looking at the order.</summary>
    public Task<Order?> For(Guid orderId) =>
        waiting.GetOrAdd(orderId, _ => new TaskCompletionSource<Order?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>An order that is about to be committed. Before and not after it: its end may come sooner than our next line.</summary>
    public void Expect(OrderView order) => Remember(order.Id, new Recent(order, null, 0), Moment);

    /// <summary>An order of a moment ago; null where only the database knows. One that has ended is told once: who asks again reads it.</summary>
    public OrderView? Find(Guid orderId) => recent.Get<Recent>(orderId) switch
    {
        { Ended: null, Placed: var open } => open,
        { Ended: { } ended } known when Stopwatch.GetElapsedTime(known.At) < Fresh && known.TellOnce() => known.Placed.At(ended),
        _ => null,
    };

    /// <summary>True where an order of a moment ago is known to have taken the money of this payment, durably.</summary>
    public bool IsPaidBy(Guid orderId, string paymentId) =>
        recent.Get<Recent>(orderId) is { Ended: { Funds: Funds.Captured, PaymentId: var known } } && known == paymentId;

    /// <summary>The order is final, and committed.</summary>
    /// <param name="decidedAt">A timestamp of before it was read: from there it grows old.</param>
    public void Release(Order order, long decidedAt)
    {
        // First what is so, and then the bell: who comes in between would find it open, and nobody rings a second time. Of two turns the
        // later may be answered first, where the earlier had to be taken again.
        Recent? end = null;
        if (recent.Get<Recent>(order.Id) is { } known && !(known.Ended?.Timeline.Count >= order.Timeline.Count))
            Remember(order.Id, end = new Recent(known.Placed, order, decidedAt), UntilReported);
        if (Release(order.Id, order))
            end?.TellOnce();
    }

    /// <summary>Forgets an order that nobody waits for any more.</summary>
    public void Forget(Guid orderId) => Release(orderId, null);

    /// <summary>What was expected did not come to be.</summary>
    public void Withdraw(Guid orderId) => recent.Remove(orderId);

    public void Dispose() => recent.Dispose();

    void Remember(Guid orderId, Recent order, TimeSpan moment) =>
        recent.Set(orderId, order, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = moment });

    bool Release(Guid orderId, Order? order) => waiting.TryRemove(orderId, out var waiter) && waiter.TrySetResult(order);

    /// <param name="ended">As this process ended it; null while it is open.</param>
    sealed class Recent(OrderView placed, Order? ended, long at)
    {
        int told;

        public OrderView Placed => placed;

        public Order? Ended => ended;

        public long At => at;

        public bool TellOnce() => Interlocked.Exchange(ref told, 1) == 0;
    }
}
