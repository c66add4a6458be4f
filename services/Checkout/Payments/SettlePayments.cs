using MiStore.Checkout.Orders;
using Npgsql;

namespace MiStore.Checkout.Payments;

/// <summary>
/// Looks after every payment that is due: never started because the broker was away, unanswered, or to be refunded.
/// Due times are a column, so nothing depends on a timer or a message that may be lost.
/// </summary>
public sealed class SettlePayments(NpgsqlDataSource db, PaymentDesk desk, TimeProvider clock, ILogger<SettlePayments> log) : BackgroundService
{
    const int AtOnce = 32;
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Claim = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var settled = 0;
            try
            {
                var due = await ClaimDue(stopping);
                settled = due.Count;
                await Task.WhenAll(due.Select(order => Settle(order, stopping)));
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Payments could not be settled just now: {Cause}", exception.Message);
                settled = 0;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (settled < AtOnce)
                await Task.Delay(Look, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    Task Settle(Order order, CancellationToken stopping) => order.Funds is Funds.RefundDue
        ? desk.Refund(order, stopping)
        : desk.Charge(order.Id, order.Market, stopping);

    // Moved ahead before anything is done, so that no other instance takes them too and a fault does not spin.
    async Task<List<Order>> ClaimDue(CancellationToken stopping)
    {
        await using var connection = await db.OpenConnectionAsync(stopping);
        await using var command = new NpgsqlCommand(
            $"""
            update orders set payment_due = $1
            where id in (
                select id from orders where payment_due <= $2
                order by payment_due limit {AtOnce} for update skip locked)
            returning {Columns.OfOrder}
            """, connection);
        var now = clock.GetUtcNow();
        command.Parameters.AddWithValue(now + Claim);
        command.Parameters.AddWithValue(now);

        var due = new List<Order>();
        await using var reader = await command.ExecuteReaderAsync(stopping);
        while (await reader.ReadAsync(stopping))
            due.Add(Columns.ReadOrder(reader));
        return due;
    }
}
