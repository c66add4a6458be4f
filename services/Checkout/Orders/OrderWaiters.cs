using System.Collections.Concurrent;

namespace MiStore.Checkout.Orders;

/// <summary>
/// Callers who hold the line until an order is final. Only a shortcut within this process: whoever waits also looks
/// for itself now and then, because another instance may have finished the order.
/// </summary>
public sealed class OrderWaiters
{
    readonly ConcurrentDictionary<Guid, TaskCompletionSource> waiting = [];

    /// <summary>Completes when the order becomes final in this process. Ask before reading the order.</summary>
    public Task For(Guid orderId) =>
        waiting.GetOrAdd(orderId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Release(Guid orderId)
    {
        if (waiting.TryRemove(orderId, out var waiter))
            waiter.TrySetResult();
    }

    /// <summary>Forgets an order that nobody waits for any more.</summary>
    public void Forget(Guid orderId) => Release(orderId);
}
