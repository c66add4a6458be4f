using System.Collections.Concurrent;

namespace MiStore.Checkout.Orders;

/// <summary>
/// Callers who hold the line until an order is final. Only a shortcut within this process: whoever waits also looks
/// for itself now and then, because another instance may have finished the order.
/// </summary>
public sealed class OrderWaiters
{
    readonly ConcurrentDictionary<Guid, TaskCompletionSource<Order?>> waiting = [];

    /// <summary>The order as it is when it becomes final in this process; null to look again. Ask before reading the order.</summary>
    public Task<Order?> For(Guid orderId) =>
        waiting.GetOrAdd(orderId, _ => new TaskCompletionSource<Order?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Release(Order order) => Release(order.Id, order);

    /// <summary>Forgets an order that nobody waits for any more.</summary>
    public void Forget(Guid orderId) => Release(orderId, null);

    void Release(Guid orderId, Order? order)
    {
        if (waiting.TryRemove(orderId, out var waiter))
            waiter.TrySetResult(order);
    }
}
