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

    // A buyer asks right after the answer. What another instance makes of an order that has ended here is seen within a second, as
    // every change is; the provider's report comes a little later and asks for nothing that could change.
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(900);
    static readonly TimeSpan UntilReported = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<Guid, TaskCompletionSource<Order?>> waiting = [];
    readonly MemoryCache recent = new(new MemoryCacheOptions { SizeLimit = MostOrders });

    /// <summary>The order as it is when it becomes final in this process; null to look again. Ask before looking at the order.</summary>
    public Task<Order?> For(Guid orderId) =>
        waiting.GetOrAdd(orderId, _ => new TaskCompletionSource<Order?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>An order that is about to be committed. Before and not after it: its end may come sooner than our next line.</summary>
    public void Expect(OrderView order) => Remember(order.Id, new Recent(order, null, 0), Moment);

    /// <summary>An order of a moment ago; null where only the database knows.</summary>
    public OrderView? Find(Guid orderId) => recent.Get<Recent>(orderId) switch
    {
        { Ended: null, Placed: var open } => open,
        { Ended: { } ended, Placed: var placed, At: var at } when Stopwatch.GetElapsedTime(at) < Fresh => placed.At(ended),
        _ => null,
    };

    /// <summary>True where an order of a moment ago is known to have taken the money of this payment, durably.</summary>
    public bool IsPaidBy(Guid orderId, string paymentId) =>
        recent.Get<Recent>(orderId) is { Ended: { Funds: Funds.Captured, PaymentId: var known } } && known == paymentId;

    /// <summary>The order is final, and committed.</summary>
    public void Release(Order order)
    {
        if (recent.Get<Recent>(order.Id) is { Placed: var placed })
            Remember(order.Id, new Recent(placed, order, Stopwatch.GetTimestamp()), UntilReported);
        Release(order.Id, order);
    }

    /// <summary>Forgets an order that nobody waits for any more.</summary>
    public void Forget(Guid orderId) => Release(orderId, null);

    /// <summary>What was expected did not come to be.</summary>
    public void Withdraw(Guid orderId) => recent.Remove(orderId);

    public void Dispose() => recent.Dispose();

    void Remember(Guid orderId, Recent order, TimeSpan moment) =>
        recent.Set(orderId, order, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = moment });

    void Release(Guid orderId, Order? order)
    {
        if (waiting.TryRemove(orderId, out var waiter))
            waiter.TrySetResult(order);
    }

    /// <param name="Ended">As this process ended it, <paramref name="At"/> that timestamp; null while it is open.</param>
    sealed record Recent(OrderView Placed, Order? Ended, long At);
}
