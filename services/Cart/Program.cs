using MiStore.Cart.Carts;
using MiStore.Cart.Copies;
using MiStore.Messaging;
using MiStore.Messaging.Replays;
using MiStore.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();

builder.AddRedisClient("redis");
builder.AddMessaging("cart", bus =>
{
    bus.AddConsumer<OfferPublishedConsumer>();
    bus.AddConsumer<MarketChangedConsumer>();
    bus.AddConsumer<ProductPublishedConsumer>();
    bus.AddConsumer<AvailabilityChangedConsumer>();
    bus.AddConsumer<OrdersProgressedConsumer>();
    bus.AddConsumer<ReplayFinishedConsumer>();
});
builder.AddCopyKeeper("cart");
builder.AddCarts();

var app = builder.Build();
app.UseServiceDefaults();
app.MapCarts();
app.Run();
