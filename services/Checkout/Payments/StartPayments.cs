using System.Threading.Channels;
using MiStore.Checkout.Orders;

namespace MiStore.Checkout.Payments;

/// <summary>
/// Orders that this process has just committed, and that it is to ask the money for. Only a hurry: what is lost with the process, or
/// finds no room here, is asked for when the order's own due time comes.
/// </summary>
public sealed class PaymentQueue
{
    const int Room = 4_096;

    readonly Channel<Order> orders = Channel.CreateBounded<Order>(new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Add(Order order) => orders.Writer.TryWrite(order);

    internal IAsyncEnumerable<Order> Take(CancellationToken cancellation) => orders.Reader.ReadAllAsync(cancellation);
}

/// <summary>Starts payments in the process that has committed their orders, so many at a time; the others wait for their turn.</summary>
public sealed class StartPayments(
    PaymentQueue queue, PaymentDesk desk, TimeProvider clock, ILogger<StartPayments> log) : BackgroundService
{
    const int AtOnce = 256;

    readonly SemaphoreSlim places = new(AtOnce);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var order in queue.Take(stopping))
            {
                await places.WaitAsync(stopping);
                _ = Start(order, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // They are due soon, and somebody else asks.
        }
    }

    public override void Dispose()
    {
        places.Dispose();
        base.Dispose();
    }

    async Task Start(Order order, CancellationToken stopping)
    {
        try
        {
            // Has it waited for so long that it is due, it is looked after elsewhere already.
            if (order.PaymentDue > clock.GetUtcNow())
                await desk.Ask(order, stopping);
        }
        catch (Exception exception)
        {
            log.LogInformation("The payment of order {Order} is asked for again when it is due: {Cause}", order.Id, exception.Message);
        }
        finally
        {
            if (!stopping.IsCancellationRequested)
                places.Release();
        }
    }
}
