using MiStore.Checkout.Orders;
using Npgsql;

namespace MiStore.Checkout.Payments;

/// <summary>
/// Looks after every payment that is due: never started because its process died, unanswered, or to be refunded.
/// Due times are a column, so nothing depends on a timer or a message that may be lost.
/// </summary>
public sealed class SettlePayments(NpgsqlDataSource db, PaymentDesk desk, TimeProvider clock, ILogger<SettlePayments> log) : BackgroundService
{
    const int AtOnce = 64;
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Claim = TimeSpan.FromSeconds(15);

    readonly SemaphoreSlim places = new(AtOnce);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await places.WaitAsync(stopping);
                var free = 1;
                while (places.Wait(TimeSpan.Zero, stopping))
                    free++;

                var due = await Due(free, stopping);
                // Each on its own: after an outage thousands are due, and one that is never answered must not hold up others.
                foreach (var order in due)
                    _ = Settle(order, stopping);
                if (due.Count == free)
                    continue;

                places.Release(free - due.Count);
                await Task.Delay(Look, TimeProvider.System, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was asked of the provider and not heard is asked again by whoever comes next.
        }
    }

    public override void Dispose()
    {
        places.Dispose();
        base.Dispose();
    }

    async Task<IReadOnlyList<Order>> Due(int atMost, CancellationToken stopping)
    {
        try
        {
            return await ClaimDue(atMost, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("Payments could not be looked after just now: {Cause}", exception.Message);
            return [];
        }
    }

    async Task Settle(Order order, CancellationToken stopping)
    {
        try
        {
            await (order.Funds is Funds.RefundDue
                ? desk.Refund(order, stopping)
                : desk.AskAgain(order.Id, order.Market, stopping));
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("The payment of order {Order} could not be settled just now: {Cause}", order.Id, exception.Message);
        }
        catch (OperationCanceledException)
        {
            // Stopping: it is due again when the claim ends.
        }
        finally
        {
            if (!stopping.IsCancellationRequested)
                places.Release();
        }
    }

    // Moved ahead before anything is done, so that no other instance takes them too and a fault does not spin.
    async Task<List<Order>> ClaimDue(int atMost, CancellationToken stopping)
    {
        await using var connection = await db.OpenConnectionAsync(stopping);
        await using var command = new NpgsqlCommand(
            $"""
            update orders set payment_due = $1
            where id in (
                select id from orders where payment_due <= $2
                order by payment_due limit $3 for update skip locked)
            returning {Columns.OfOrder}
            """, connection);
        var now = clock.GetUtcNow();
        command.Parameters.AddWithValue(now + Claim);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(atMost);

        var due = new List<Order>();
        await using var reader = await command.ExecuteReaderAsync(stopping);
        while (await reader.ReadAsync(stopping))
            due.Add(Columns.ReadOrder(reader));
        return due;
    }
}
