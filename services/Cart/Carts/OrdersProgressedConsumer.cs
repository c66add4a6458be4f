using MassTransit;
using MiStore.Contracts.Orders;

namespace MiStore.Cart.Carts;

/// <summary>What was ordered from a cart is taken out of it. The mark that it was is saved with the cart, so twice is once.</summary>
public sealed class OrdersProgressedConsumer(CartStore carts, TimeProvider clock) : IConsumer<OrdersProgressed>
{
    // A shopper who clicks in the same moment wins; a few tries later he has finished clicking.
    const int MaxTries = 12;

    // At once, since they travel to Redis together. Orders from one cart are not: each is taken out of what the other left.
    public Task Consume(ConsumeContext<OrdersProgressed> context) => Task.WhenAll(
        context.Message.Placed.Where(order => order is { CartId: not null, Lines: not null }).GroupBy(order => order.CartId!)
            .Select(cart => TakeOut(cart.Key, cart, context.CancellationToken)));

    async Task TakeOut(string cartId, IEnumerable<OrderPlaced> orders, CancellationToken cancellation)
    {
        for (var tries = 1; await carts.Find(cartId, cancellation) is { } cart; tries++)
        {
            var now = clock.GetUtcNow();
            var rest = orders.Aggregate(cart, (left, order) => left.WithoutOrdered(order.OrderId, order.Lines!, now));
            try
            {
                if (rest != cart)
                    await carts.Save(rest, cancellation);
                return;
            }
            catch (CartChangedMeanwhile) when (tries < MaxTries)
            {
            }
        }
    }
}
