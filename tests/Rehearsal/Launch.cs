using MiStore.Rehearsal.Sales;

namespace MiStore.Rehearsal;

/// <summary>Everything that is left of a rehearsal when it is over.</summary>
/// <param name="Audit">The differences that the store's own audit found; null where it did not answer.</param>
/// <param name="Sale">What the store publishes of it; null where there was no waiting room, or something was left.</param>
public sealed record Outcome(
    Plan Plan, Goals Goals, DateTimeOffset At, Records Records, int Remaining, int Reserved, int Sold, bool? AuditIsClean, string Audit,
    SaleReport? Sale = null)
{
    public IReadOnlyList<Finding> Findings => Verdict.Of(this);

    public bool IsGood => Findings.All(finding => finding.IsGood);

    /// <summary>For who was not there.</summary>
    public string Summary =>
        $"{Plan.Buyers} buyers for {Plan.Units} units: {Sold} sold. "
        + (IsGood ? "Everything held." : "Did not hold: " + string.Join("; ", Findings.Where(finding => !finding.IsGood).Select(finding => finding.Name)) + ".");
}

/// <summary>Opens the rehearsal market, lets everybody in, and waits until the last has an answer.</summary>
public static class Launch
{
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    public static async Task<Outcome> Play(
        Plan plan, Goals goals, string operatorToken, Action<Records>? onProgress = null, CancellationToken cancellation = default)
    {
        var (at, records) = (TimeProvider.System.GetUtcNow(), new Records());
        using var door = new Door(plan, records);
        var market = new RehearsalMarket(door, plan, operatorToken);
        try
        {
            var left = await market.Open(TimeSpan.FromSeconds(plan.WaitingRoom ? 10 : 4), cancellation);
            records.OpensIn(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            await LetIn(plan, door, records, market, onProgress, cancellation);

            // What was acknowledged last is still being paid.
            var counts = await market.Count(cancellation);
            for (var until = TimeProvider.System.GetUtcNow() + Settling; counts.Reserved > 0 && TimeProvider.System.GetUtcNow() < until;)
            {
                await Task.Delay(200, cancellation);
                counts = await market.Count(cancellation);
            }

            var audit = await market.Audit(cancellation);
            var outcome = new Outcome(
                plan, goals, at, records, counts.Remaining, counts.Reserved, counts.Sold, audit?.IsClean, audit?.Text ?? "The audit did not answer.",
                plan.WaitingRoom && (counts.Remaining, counts.Reserved) == (0, 0)
                    ? await Published(plan, operatorToken, Guid.Parse(market.BatchId), cancellation)
                    : null);
            await market.Record(outcome, cancellation);
            return outcome;
        }
        finally
        {
            await market.Close(CancellationToken.None);
        }
    }

    // The line hears of the last payments a moment later than the ledger.
    static async Task<SaleReport?> Published(Plan plan, string operatorToken, Guid sale, CancellationToken cancellation)
    {
        using var store = new HttpClient { BaseAddress = plan.Url, Timeout = TimeSpan.FromMinutes(1) };
        var sales = new ReadSale(store, operatorToken);
        for (var until = TimeProvider.System.GetUtcNow() + Settling; ; await Task.Delay(500, cancellation))
        {
            var report = await sales.Report(sale, cancellation);
            if (report?.OfTheLine is { Count: > 0 } line && line.All(finding => finding.IsGood) || TimeProvider.System.GetUtcNow() > until)
                return report;
        }
    }

    static async Task LetIn(
        Plan plan, Door door, Records records, RehearsalMarket market, Action<Records>? onProgress, CancellationToken cancellation)
    {
        var buyers = new Buyers(plan, door, records, market);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(plan.Patience);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);

        var arrivals = Arrivals(plan);
        var others = Enumerable.Range(0, plan.Browsers).Select(number => buyers.Browse(number, over.Token))
            .Concat(Enumerable.Range(0, plan.Bots).Select(number => buyers.Hammer(number, over.Token)))
            .Concat(Enumerable.Range(0, plan.Fillers).Select(number => buyers.Fill(plan.ArriveWithin.TotalSeconds * number / plan.Fillers, over.Token)))
            .ToList();
        var all = Task.WhenAll(arrivals.Select((arrival, number) => buyers.Buy(number, arrival, patience.Token)));
        while (await Task.WhenAny(all, Task.Delay(100, CancellationToken.None)) != all)
            onProgress?.Invoke(records);
        onProgress?.Invoke(records);

        await over.CancelAsync();
        await Task.WhenAll(others.Select(async other =>
        {
            try
            {
                await other;
            }
            catch (OperationCanceledException)
            {
                // That is how their evening ends.
            }
        }));
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Seconds from the opening: half of the buyers in the first tenth of the time, the rest over all of it; where there is a
    /// waiting room, a third has come before.
    /// </summary>
    public static IReadOnlyList<double> Arrivals(Plan plan)
    {
        var random = new Random(plan.Seed);
        var within = plan.ArriveWithin.TotalSeconds;
        return
        [
            .. Enumerable.Range(0, plan.Buyers).Select(_ =>
                plan.WaitingRoom && random.NextDouble() < 1.0 / 3 ? -random.NextDouble() * 4
                : random.NextDouble() < 0.5 ? random.NextDouble() * within / 10
                : random.NextDouble() * within),
        ];
    }
}
