using Microsoft.Extensions.Logging.Abstractions;
using MiStore.Checkout;
using MiStore.Checkout.Orders;
using MiStore.Checkout.Payments;
using MiStore.Messaging;
using Npgsql;

namespace MiStore.Bench.Lane;

/// <summary>What the shop runs: Checkout's own lane, its own store, its own connection settings.</summary>
sealed class ReservationLane : IDesign
{
    readonly CancellationTokenSource stopping = new();
    readonly NpgsqlDataSource db;
    readonly OrderLane lane;
    readonly Task running;

    public ReservationLane(Shop shop)
    {
        db = CheckoutDatabase.PlanningOnce(shop.ConnectionString);
        lane = new OrderLane(
            Buyer.Market, new ReservationOptions().MaxWaiting, new LaneStore(db, new OutboxSignal(), new PaymentQueue(), TimeProvider.System),
            new OrderWaiters(), NullLogger<OrderLane>.Instance);
        running = Task.Run(() => lane.Run(stopping.Token));
    }

    public async Task<bool> Place(Placement placement) =>
        await lane.Place(placement) switch
        {
            PlacementResult.Reserved => true,
            PlacementResult.Busy => throw new InvalidOperationException("The lane is full."),
            _ => false,
        };

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        await db.DisposeAsync();
        stopping.Dispose();
    }
}
