using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MiStore.Messaging;
using MiStore.Messaging.Replays;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using MiStore.Pricing.Readiness;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Seed;

/// <summary>
/// A seed is a plan like any other, so what it plans is looked at: as soon as we have heard of products and stock, once. A
/// seeded market that lacks something is held at its first sale until an operator resumes it. Before that the service is
/// not healthy, so that a store does not open with a plan that nobody has looked at.
/// </summary>
sealed class CheckSeed(Work work, CopyKeeper copies, TimeProvider clock, ILogger<CheckSeed> log) : BackgroundService, IHealthCheck
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    volatile bool isDone;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(isDone ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The seed has not been checked yet."));

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (copies.IsWhole)
                {
                    await Check(stopping);
                    isDone = true;
                    return;
                }
            }
            catch (Exception fault) when (Dependencies.IsAway(fault))
            {
                log.LogWarning("The seed could not be checked yet: {Cause}", fault.Message);
            }

            await Task.Delay(Look, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Check(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        await OfferPublisher.Lock(unit);
        // What an operator added has been through the gate, or has it still before it.
        var unseen = (await unit.Connection.QueryAsync<string>(
            """
            select code from markets
            where not exists (select from changes where market = code and what in (@AddMarket, @CheckSeed))
            """, new { AddMarket = nameof(AddMarket), CheckSeed = nameof(CheckSeed) })).ToHashSet();

        foreach (var market in (await MarketStore.List(unit.Connection)).Where(market => unseen.Contains(market.Code)))
        {
            var readiness = await GetReadiness.Read(unit.Connection, market, now);
            // The seed is a store's first day, on which nobody has rehearsed anything yet. That is asked of who opens by hand.
            var missing = readiness.Checks.Where(check => check.Name != Readiness.Readiness.RehearsalCheck).SelectMany(check => check.Missing).ToList();
            var seen = market;
            if (missing.Count > 0 && market.Calendar.PausedSince is null)
            {
                seen = await MarketStore.Reschedule(unit.Connection, market, market.Calendar.Held(now));
                unit.Publish(seen.Changed);
                await OfferPublisher.Republish(unit, market: market.Code);
                log.LogWarning("{Market} is held at its first sale, because it lacks something: {Missing}", market.Code, string.Join(" ", missing));
            }

            await Change.Record(
                unit, now, "seed", nameof(CheckSeed), market.Code, null, market.Calendar, new { seen.Calendar, missing }, why: null);
        }

        await unit.Commit(cancellation);
    }
}
