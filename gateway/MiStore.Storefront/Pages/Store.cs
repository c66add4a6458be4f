using MiStore.Client;
using MiStore.ServiceDefaults;

namespace MiStore.Storefront;

/// <summary>The way to the store's public API: the same door, and the same rules, as for everybody else.</summary>
static class Store
{
    // An order may be waited for; see PlaceOrder.cs. Everything else answers at once or not at all.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static void AddStore(this WebApplicationBuilder builder)
    {
        var address = new Uri(builder.Configuration.Required("Store:Api"));
        builder.Services.AddSingleton(_ => new StoreClient(new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            BaseAddress = address,
            Timeout = Patience,
        }));
    }
}
