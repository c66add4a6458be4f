using System.Collections.Frozen;
using System.Text.Json;
using Dapper;
using MiStore.Contracts.Offers;
using Npgsql;

namespace MiStore.Checkout.Offers;

/// <summary>
/// Pricing's offers as this service last heard them, held in memory for the order path. Every instance looks into the
/// database twice a second for what another instance heard.
/// </summary>
public sealed class OfferCopies(NpgsqlDataSource db, ILogger<OfferCopies> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    FrozenDictionary<(string Market, string Sku), OfferPublished> offers = FrozenDictionary<(string, string), OfferPublished>.Empty;
    (long Count, long Versions) seen = (-1, -1);

    // Of two looks at the same time the one that began earlier could end later, and what the other had found would be forgotten again.
    readonly SemaphoreSlim one = new(1);

    /// <summary>The offer of a SKU in a market, or null when Pricing has never said anything of it.</summary>
    public OfferPublished? Find(string market, string sku) => offers.GetValueOrDefault((market, sku));

    /// <summary>Reads the offers if they have changed since the last look.</summary>
    public async Task Refresh(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            await using var connection = await db.OpenConnectionAsync(cancellation);
            // Versions only grow, so two different sets of offers never look alike.
            var now = await connection.QuerySingleAsync<(long, long)>("select count(*), coalesce(sum(version), 0)::bigint from offers");
            if (now == seen)
                return;

            var rows = await connection.QueryAsync<(string Market, string Sku, long Version, string Schedule)>(
                "select market, sku, version, schedule from offers");
            offers = rows
                .Select(row => new OfferPublished(row.Market, row.Sku, row.Version, JsonSerializer.Deserialize<OfferTerms[]>(row.Schedule)!))
                .ToFrozenDictionary(offer => (offer.Market, offer.Sku));
            seen = now;
        }
        finally
        {
            one.Release();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await Refresh(stopping);
            }
            catch (NpgsqlException exception)
            {
                log.LogWarning("Could not look for new offers: {Cause}", exception.Message);
            }
        }
    }
}
