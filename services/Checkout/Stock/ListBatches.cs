using Dapper;
using Npgsql;

namespace MiStore.Checkout.Stock;

/// <summary>An operator looks at all batches, the newest opening first.</summary>
public static class ListBatches
{
    public sealed record Answer(IReadOnlyList<BatchView> Batches);

    public static void MapListBatches(this RouteGroupBuilder admin) => admin
        .MapGet("/batches", Handle)
        .WithName(nameof(ListBatches))
        .WithSummary("List all batches");

    static async Task<Answer> Handle(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var batches = await connection.QueryAsync<Batch>($"select {Batch.Columns} from batches order by opens_at desc, market, sku, id");
        return new Answer([.. batches.Select(BatchView.Of)]);
    }
}
