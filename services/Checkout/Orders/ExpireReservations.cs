using Dapper;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Checkout.Orders;

/// <summary>Ends holds that nobody paid for in time; their units are on sale again within seconds.</summary>
public sealed class ExpireReservations(NpgsqlDataSource db, OrderLanes lanes, TimeProvider clock, ILogger<ExpireReservations> log) : BackgroundService
{
    const int AtOnce = 256;
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var expired = 0;
            try
            {
                expired = await ExpireOnce(stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Reservations could not be ended just now: {Cause}", exception.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (expired < AtOnce)
                await Task.Delay(Look, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<int> ExpireOnce(CancellationToken stopping)
    {
        await using var connection = await db.OpenConnectionAsync(stopping);
        var due = (await connection.QueryAsync<(Guid Id, string Market)>(
            """
            select id, market from orders
            where status in ('reserved', 'paying') and reserved_until <= @now
            order by reserved_until limit @AtOnce
            """, new { now = clock.GetUtcNow(), AtOnce })).AsList();
        await connection.CloseAsync();

        await Task.WhenAll(due.Select(order =>
        {
            CrashPoint.Pass("hold-ending");
            return lanes.Of(order.Market).Advance(order.Id, new OrderFact.ReservationExpired(), stopping);
        }));
        return due.Count;
    }
}
