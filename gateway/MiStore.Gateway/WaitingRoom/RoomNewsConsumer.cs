using MassTransit;
using MiStore.Contracts.Sales;
using MiStore.Contracts.Stock;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>Hears which batches are sold in turn, how much of them is left, and which tickets have bought.</summary>
public sealed class RoomNewsConsumer(SaleRooms rooms, TimeProvider clock) : IConsumer<AvailabilityChanged>, IConsumer<SaleProgressed>
{
    public Task Consume(ConsumeContext<AvailabilityChanged> context)
    {
        rooms.Hear(context.Message);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<SaleProgressed> context) => rooms.Hear(context.Message, clock.GetUtcNow());
}
