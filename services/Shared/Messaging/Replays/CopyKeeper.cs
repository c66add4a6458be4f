using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MiStore.Contracts.Replays;

namespace MiStore.Messaging.Replays;

/// <summary>The name under which a service asks for replays.</summary>
public sealed record ServiceName(string Value);

/// <summary>
/// Looks whether the service still holds what it was told, and asks for a replay where it does not: at its first start,
/// after a restore, or when somebody emptied a table. Until it has been whole once, the service is not healthy, so that
/// a shop never opens with half a shelf.
/// </summary>
public sealed class CopyKeeper(ICopies copies, ServiceName service, IBus bus, ILogger<CopyKeeper> log) : BackgroundService, IHealthCheck
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    // What was here when we last looked, and how much of it there was to be then.
    readonly Dictionary<string, (long Told, long[] Counts)> seen = [];

    volatile string missing = "not looked yet";

    /// <summary>True once everything that was sent has arrived.</summary>
    public bool IsWhole => missing.Length == 0;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var pause = TimeSpan.FromMilliseconds(500);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var lost = await Lost(stopping);
                missing = string.Join(", ", lost);
                foreach (var producer in lost)
                    await Ask(producer, stopping);

                // Somebody who asks faster than he is answered only makes the answer later.
                pause = lost.Count == 0 ? Look : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Could not look after the copies: {Cause}", exception.Message);
            }

            await WaitUntilWholeOr(pause, stopping);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsWhole
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"Waiting for a replay from: {missing}"));

    async Task<List<string>> Lost(CancellationToken cancellation)
    {
        var lost = new List<string>();
        foreach (var producer in copies.Producers)
        {
            var (told, counts) = (await copies.Told(producer, cancellation), await copies.Count(producer, cancellation));
            var before = seen.TryGetValue(producer, out var last) && last.Told == told ? last.Counts : [];
            if (told is null || IsLess(counts, told.Value, before))
            {
                lost.Add(producer);
                continue;
            }

            // Facts only ever become more. What came since the last replay is ours to lose as well.
            if (counts.Sum() > told)
                await copies.RememberTold(producer, counts.Sum(), cancellation);
            seen[producer] = (counts.Sum(), counts);
        }

        return lost;
    }

    /// <summary>
    /// Whether something is missing: in all there is less than there was to be, or of one kind there is less than there was.
    /// As many of another kind may have come since the last look, and hide it in the sum.
    /// </summary>
    /// <param name="before">By kind, as <paramref name="counts"/>; empty before the first look and after a replay of another number.</param>
    public static bool IsLess(long[] counts, long told, long[] before) =>
        counts.Sum() < told || counts.Zip(before).Any(kind => kind.First < kind.Second);

    async Task Ask(string producer, CancellationToken stopping)
    {
        log.LogInformation("Asking {Producer} for a replay", producer);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(TimeSpan.FromSeconds(5));
        await bus.Publish(new ReplayRequested(service.Value, producer), deadline.Token);
    }

    // While something is missing, look often (that is cheap) and ask seldom (that is not).
    async Task WaitUntilWholeOr(TimeSpan pause, CancellationToken stopping)
    {
        var until = TimeProvider.System.GetUtcNow() + pause;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                return;

            try
            {
                if (!IsWhole && (await Lost(stopping)).Count == 0)
                {
                    missing = "";
                    log.LogInformation("All copies are here");
                    return;
                }
            }
            catch (Exception) when (!stopping.IsCancellationRequested)
            {
                return;
            }
        }
        while (TimeProvider.System.GetUtcNow() < until);
    }
}

/// <summary>Hears that a producer has told everything, and remembers how much that was.</summary>
public sealed class ReplayFinishedConsumer(ICopies copies, ServiceName service) : IConsumer<ReplayFinished>
{
    public Task Consume(ConsumeContext<ReplayFinished> context) => context.Message.By == service.Value
        ? copies.RememberTold(context.Message.Producer, context.Message.Facts, context.CancellationToken)
        : Task.CompletedTask;
}

public static class CopyKeeping
{
    /// <summary>Keeps the copies whole; register an <see cref="ICopies"/> and the <see cref="ReplayFinishedConsumer"/> beside it.</summary>
    public static void AddCopyKeeper(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton(new ServiceName(service));
        builder.Services.AddSingleton<CopyKeeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CopyKeeper>());
        builder.Services.AddHealthChecks().AddCheck<CopyKeeper>("copies");
    }
}
