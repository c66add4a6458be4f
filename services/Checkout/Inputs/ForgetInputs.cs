using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MiStore.Checkout.Inputs;

/// <summary>How long the lanes' inputs are kept (settings <c>Inputs:…</c>).</summary>
public sealed class InputOptions
{
    /// <summary>A sale can be replayed for so many days: 1 to 3,650, 30 unless set.</summary>
    [Range(1, 3650)]
    public int KeptDays { get; set; } = 30;

    /// <summary>Turns that are kept of a market at most, 1,000 to 100,000,000; a million unless set. A turn has 1 to 256 inputs.</summary>
    [Range(1_000, 100_000_000)]
    public int KeptTurns { get; set; } = 1_000_000;
}

/// <summary>
/// Forgets the oldest turns of each market, always from the front: where a batch's release is still there, so is everything after it.
/// Several instances may do it at once.
/// </summary>
public sealed class ForgetInputs(NpgsqlDataSource db, IOptions<InputOptions> options, TimeProvider clock, ILogger<ForgetInputs> log) : BackgroundService
{
    const int AtOnce = 1000;
    static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Look, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await Forget(stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Old inputs could not be forgotten just now: {Cause}", exception.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <returns>How many turns were forgotten.</returns>
    internal async Task<int> Forget(CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var before = clock.GetUtcNow().AddDays(-options.Value.KeptDays);
        var forgotten = 0;
        foreach (var market in await connection.QueryAsync<string>("select distinct market from batches"))
        {
            var last = await connection.ExecuteScalarAsync<long?>(
                "select turn from lane_inputs where market = @market order by turn desc offset @KeptTurns limit 1",
                new { market, options.Value.KeptTurns }, commandTimeout: 120) ?? 0;
            int some;
            do
            {
                some = await connection.ExecuteAsync(
                    """
                    delete from lane_inputs where market = @market and turn in (
                        select turn from (select turn, at from lane_inputs where market = @market order by turn limit @AtOnce) oldest
                        where at < @before or turn <= @last)
                    """, new { market, AtOnce, before, last });
                forgotten += some;
            }
            while (some == AtOnce && !cancellation.IsCancellationRequested);
        }

        return forgotten;
    }
}
