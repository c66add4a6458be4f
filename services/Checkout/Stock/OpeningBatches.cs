using System.Text.Json;
using Dapper;
using MiStore.Messaging;

namespace MiStore.Checkout.Stock;

/// <summary>
/// The stock of the launch in the seed: small test batches for the week of May 19th, larger ones from June 1st.
/// Released once, when there has never been a batch, through the same code as an operator's.
/// </summary>
public static class OpeningBatches
{
    public static async Task ReleaseOpeningBatches(this WebApplication app)
    {
        await using var work = await app.Services.GetRequiredService<Work>().Begin(CancellationToken.None);
        // Instances that start together meet here; the second finds the first one's batches.
        await work.Connection.ExecuteAsync("select pg_advisory_xact_lock(1)", transaction: work.Transaction);
        if (await work.Connection.QuerySingleAsync<bool>("select exists (select from batches)", transaction: work.Transaction))
            return;

        await using var seed = typeof(OpeningBatches).Assembly.GetManifestResourceStream("MiStore.Checkout.Seed.batches.json")!;
        var batches = (await JsonSerializer.DeserializeAsync<ReleaseBatch.Request[]>(seed, JsonSerializerOptions.Web))!;
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var batch in batches)
            await ReleaseBatch.Release(work, batch, "seed", now);
        await work.Commit();
    }
}
