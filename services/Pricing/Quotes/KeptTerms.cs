using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace MiStore.Pricing.Quotes;

/// <summary>
/// What quotes are made of, kept in memory for as long as it holds: until something of it is changed, by whichever instance, or an
/// instant comes from which on something else was decided. A launch asks the same few questions thousands of times, and one row says
/// whether the answer is still the same.
/// </summary>
sealed class KeptTerms(NpgsqlDataSource db, TermsVersion versions) : IDisposable
{
    // So many SKUs in all of what is kept, however they are combined. What is dropped is read again.
    readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = 5_000 });

    /// <returns>Null when there is no such market.</returns>
    public async Task<QuoteTerms?> Find(string? market, string[] skus, string? region, DateTimeOffset now, CancellationToken cancellation)
    {
        // Before the rest: what is newer than this version is read once more, and nothing older is taken for it.
        var version = await versions.Now().WaitAsync(cancellation);

        region = region?.Trim().ToUpperInvariant();
        var question = (market, region, string.Join('\n', skus));
        if (kept.TryGetValue(question, out Entry? entry) && entry!.Version == version && now >= entry.From && now < entry.Until)
            return entry.Terms;

        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (await QuoteTerms.Read(connection, market, skus, region, now) is not var (terms, until))
            return null;

        kept.Set(question, new Entry(version, now, until ?? DateTimeOffset.MaxValue, terms), new MemoryCacheEntryOptions { Size = skus.Length });
        return terms;
    }

    public void Dispose() => kept.Dispose();

    sealed record Entry(Guid Version, DateTimeOffset From, DateTimeOffset Until, QuoteTerms Terms);
}
