using MiStore.Messaging.Replays;
using Npgsql;

namespace MiStore.Catalog.Shelf;

/// <summary>Which copies the shelf needs to be whole, counted as their producers count them.</summary>
static class ShelfCopies
{
    public static void AddShelfCopies(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ICopies>(services => new PostgresCopies(
            services.GetRequiredService<NpgsqlDataSource>(),
            new Dictionary<string, string>
            {
                ["pricing"] = "select array[(select count(*) from offers), (select count(*) from markets)]",
                ["checkout"] = "select array[count(*)] from availability",
            }));
        builder.AddCopyKeeper("catalog");
    }
}
