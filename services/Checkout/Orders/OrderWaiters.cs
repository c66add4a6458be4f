using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace MiStore.Checkout.Orders;

/// <summary>
/// Callers who hold the line until an order is final, and orders that this process placed a moment ago, for whom most of them come.
/// Only a shortcut within this process: whoever waits also looks for itself now and then, because another instance may have
/// finished the order.
/// </summary>
public sealed class OrderWaiters : IDisposable
{
    const int MostOrders = 10_000;

    // A buyer asks right after the answer.
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<Guid, TaskCompletionSource<Order?>> waiting = [];
    readonly MemoryCache placed = new(new MemoryCacheOptions { SizeLimit = MostOrders });

    /// <summary>The order as it is when it becomes final in this process; null to look again. Ask before looking at the order.</summary>
    public Task<Order?> For(Guid orderId) =>
        waiting.GetOrAdd(orderId, _ => new TaskCompletionSource<Order?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>An order that is about to be committed. Before and not after it: its end may come sooner than our next line.</summary>
    public void Expect(OrderView order) =>
        placed.Set(order.Id, order, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Moment });

    /// <summary>An order of a moment ago whose end this process has not seen; null where only the database knows.</summary>
    public OrderView? Find(Guid orderId) => placed.Get<OrderView>(orderId);

    /// <summary>The order is final. It is forgotten first: who finds nothing reads what was committed.</summary>
    public void Release(Order order)
    {
        placed.Remove(order.Id);
        Release(order.Id, order);
    }

    /// <summary>Forgets an order that nobody waits for any more.</summary>
    public void Forget(Guid orderId) => Release(orderId, null);

    /// <summary>What was expected did not come to be.</summary>
    public void Withdraw(Guid orderId) => placed.Remove(orderId);

    public void Dispose() => placed.Dispose();

    void Release(Guid orderId, Order? order)
    {
        if (waiting.TryRemove(orderId, out var waiter))
            waiter.TrySetResult(order);
    }
}
