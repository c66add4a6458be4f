using MassTransit;
using MiStore.Contracts.Orders;

namespace MiStore.Cart.Carts;

/// <summary>What was ordered from a cart is taken out of it. The mark that it was is saved with the cart, so twice is once.</summary>
public sealed class OrderPlacedConsumer(CartStore carts, TimeProvider clock) : IConsumer<OrderPlaced>
{
    // A shopper who clicks in the same moment wins; a few tries later he has finished clicking.
    const int MaxTries = 12;

    public async Task Consume(ConsumeContext<OrderPlaced> context)
    {
        var order = context.Message;
        if (order is not { CartId: { } cartId, Lines: { } lines })
            return;

        for (var tries = 1; await carts.Find(cartId, context.CancellationToken) is { } cart; tries++)
        {
            var rest = cart.WithoutOrdered(order.OrderId, lines, clock.GetUtcNow());
            try
            {
                if (rest != cart)
                    await carts.Save(rest, context.CancellationToken);
                return;
            }
            catch (CartChangedMeanwhile) when (tries < MaxTries)
            {
            }
        }
    }
}
