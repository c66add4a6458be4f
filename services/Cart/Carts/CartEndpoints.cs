using MiStore.Cart.Copies;
using MiStore.Cart.Lines;
using MiStore.Messaging.Replays;

namespace MiStore.Cart.Carts;

public static class CartEndpoints
{
    public static void AddCarts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CartOptions>().BindConfiguration("Carts").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<CartStore>();
        builder.Services.AddSingleton<ShelfCopies>();
        builder.Services.AddSingleton<ICopies>(services => services.GetRequiredService<ShelfCopies>());
    }

    /// <summary>Whoever knows a cart's id may use the cart; there is no other key to it.</summary>
    public static void MapCarts(this WebApplication app)
    {
        var carts = app.MapGroup("/api/carts")
            .WithTags("Carts")
            .AddEndpointFilter<RetryLostRaces>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        carts.MapOpenCart();
        carts.MapGetCart();
        carts.MapSwitchMarket();
        carts.MapMergeCarts();
        carts.MapSetCartLine();
        carts.MapRemoveCartLine();
    }
}
