using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace MiStore.Bench.Purchases;

/// <param name="Seconds">Length of one measurement, after <paramref name="WarmUp"/> seconds of warming up.</param>
/// <param name="Existing">Orders to be there before the store is measured a second time; 0: it is measured once.</param>
/// <param name="Replicas">Of every service in a second store beside the first; 1: there is no second store.</param>
/// <param name="Overload">Seconds of ten times as many buyers as the store can serve; 0: none.</param>
/// <param name="Statements">Whether to show what PostgreSQL was asked, which costs some of what is measured.</param>
sealed record PurchasePlan(int Seconds, int Rounds, int WarmUp, int Buyers, int Existing, int Replicas, int Overload, bool Statements);

/// <param name="Ratio">Purchases over order transactions of pgbench in the same round; the median of the rounds, as every figure here.</param>
/// <param name="Beside">Purchases over those of the store it is compared with, or 1.</param>
/// <param name="CalmAfter">Seconds after a measurement until everything that follows from its purchases was done.</param>
/// <param name="Effort">Milliseconds of processor time for one purchase, by who spent them; the mean of the rounds, calming down included.</param>
sealed record PurchaseFigure(
    string What, double PurchasesPerSecond, double TransactionsPerSecond, double Ratio, double Beside, double CalmAfter, IReadOnlyList<double> Ratios,
    IReadOnlyList<StepFigure> Steps, IReadOnlyDictionary<string, double> Effort);

/// <summary>
/// Whole purchases through the gateway, beside pgbench on the same server, in turns: on a machine that is never as quiet as it was a
/// minute ago only ratios within a round mean anything. Fails where somebody hears an error or a unit is not where it belongs.
/// </summary>
static class ComparePurchases
{
    const int LastUnits = 200;

    sealed record Round(Measured Store, double Transactions, double CalmAfter, Dictionary<string, double> Effort);

    public static async Task<int> Run(string folder, PurchasePlan plan)
    {
        AnsiConsole.MarkupLine("[grey]Opening a store, as in production.[/]");
        await using var store = await Store.Open();
        if (plan.Statements)
            await Statements.Watch(store);
        await using var reference = await OrderTransactions.Prepare(store.Server);
        var machine = Machine.This(await store.Ask<string>("postgres", "show server_version"), await store.Ask<string>("postgres",
            "select format('fsync %s, synchronous_commit %s', current_setting('fsync'), current_setting('synchronous_commit'))"));
        AnsiConsole.MarkupLineInterpolated($"[grey]{machine}[/]");

        var (figures, problems) = (new List<PurchaseFigure>(), new List<string>());
        using var crowd = new Crowd(store, plan.Buyers);
        await crowd.For(TimeSpan.FromSeconds(plan.WarmUp));
        if (plan.Statements)
        {
            await Statements.Forget(store);
            var paidBefore = crowd.Paid;
            await crowd.For(TimeSpan.FromSeconds(plan.Seconds));
            await Statements.Print(store, crowd.Paid - paidBefore);
        }

        if (plan.Replicas > 1)
            await CompareReplicas(store, crowd, reference, plan, figures, problems);
        else
            figures.Add(Summarize("one store", await Rounds(store, crowd, reference, plan, problems), null));

        if (plan.Existing > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]Filling in {plan.Existing:N0} orders of long ago.[/]");
            await store.SellLongAgo(plan.Existing);
            await crowd.For(TimeSpan.FromSeconds(3));
            figures.Add(Summarize($"with {plan.Existing:N0} orders", await Rounds(store, crowd, reference, plan, problems), figures[0]));
        }

        var paid = crowd.Paid;
        OverloadFigure? overload = null;
        if (plan.Overload > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{figures[0].PurchasesPerSecond * 10:N0} buyers a second arrive for {plan.Overload} s.[/]");
            (overload, var more) = await Purchases.Overload.Run(store, figures[0].PurchasesPerSecond, times: 10, plan.Overload);
            paid += more;
        }

        problems.AddRange(await Close(store, crowd, paid));
        Print(figures, overload, problems);
        var at = DateTimeOffset.UtcNow;
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{at:yyyyMMdd-HHmmss}-purchases.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
            new { at, machine, plan, figures, overload, problems }, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
        AnsiConsole.MarkupLineInterpolated($"[grey]{file}[/]");
        return problems.Count == 0 ? 0 : 1;
    }

    static async Task CompareReplicas(
        Store one, Crowd crowd, OrderTransactions reference, PurchasePlan plan, List<PurchaseFigure> figures, List<string> problems)
    {
        AnsiConsole.MarkupLineInterpolated($"[grey]Opening a second store with {plan.Replicas} of every service.[/]");
        await using var many = await Store.Open(plan.Replicas);
        using var manyCrowd = new Crowd(many, plan.Buyers);
        await manyCrowd.For(TimeSpan.FromSeconds(plan.WarmUp));

        var (ofOne, ofMany) = (new List<Round>(), new List<Round>());
        for (var round = 0; round < plan.Rounds; round++)
        {
            ofOne.AddRange(await Rounds(one, crowd, reference, plan with { Rounds = 1 }, problems));
            ofMany.AddRange(await Rounds(many, manyCrowd, reference, plan with { Rounds = 1 }, problems));
        }

        figures.Add(Summarize("one of every service", ofOne, null));
        var beside = ofMany.Zip(ofOne, (two, single) => two.Store.PerSecond / single.Store.PerSecond);
        figures.Add(Summarize($"{plan.Replicas} of every service", ofMany, null) with { Beside = Median(beside) });
        problems.AddRange(await Close(many, manyCrowd, manyCrowd.Paid));
    }

    static async Task<List<Round>> Rounds(Store store, Crowd crowd, OrderTransactions reference, PurchasePlan plan, List<string> problems)
    {
        var rounds = new List<Round>();
        for (var round = 0; round < plan.Rounds; round++)
        {
            var before = store.Effort();
            var measured = await crowd.For(TimeSpan.FromSeconds(plan.Seconds));
            var calm = await store.Calm();
            var effort = store.Effort().ToDictionary(part => part.Key, part => part.Value - before.GetValueOrDefault(part.Key));
            var transactions = await reference.Measure(plan.Seconds);
            rounds.Add(new Round(measured, transactions, calm, effort));
            problems.AddRange(measured.Others.Select(other => $"{other.Value} purchases ended with: {other.Key}"));
            if (measured.Answers.Count(answer => answer.Status is not (200 or 201)) is > 0 and var wrong)
                problems.Add($"{wrong} answers were neither 200 nor 201");
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]{measured.PerSecond:N0} purchases/s, {transactions:N0} order transactions/s, load average {Machine.LoadNow():0.0}[/]");
        }

        return rounds;
    }

    // The end of a sale, twice as many buyers as there are units; then the books.
    static async Task<IReadOnlyList<string>> Close(Store store, Crowd crowd, int paid)
    {
        var sku = Store.Skus[0];
        await store.Withdraw();
        await store.Release(sku, LastUnits);
        var last = await crowd.ForTheLast(sku, 2 * LastUnits);
        await store.Calm();

        var problems = new List<string>();
        if (last.Paid != LastUnits || last.Others.GetValueOrDefault("sold-out") != LastUnits)
            problems.Add($"Of {LastUnits} last units {last.Paid} were sold; the others heard {string.Join(", ", last.Others)}.");
        if (await store.Sold() is var sold && sold != paid + last.Paid)
            problems.Add($"{paid + last.Paid} units were paid for, {sold} are sold.");
        problems.AddRange(await store.Audit());
        return problems;
    }

    static PurchaseFigure Summarize(string what, List<Round> rounds, PurchaseFigure? before)
    {
        var ratios = rounds.ConvertAll(round => round.Store.PerSecond / round.Transactions);
        return new PurchaseFigure(
            what, Median(rounds.Select(round => round.Store.PerSecond)), Median(rounds.Select(round => round.Transactions)), Median(ratios),
            // Some minutes lie between the two: the reference says what the machine had become meanwhile.
            before is null ? 1 : Median(ratios) / before.Ratio, Median(rounds.Select(round => round.CalmAfter)), ratios,
            [.. Enum.GetValues<Step>().Select(step => StepFigure.Of(
                step, rounds.SelectMany(round => round.Store.Answers).Where(answer => answer.Step == step).Select(answer => answer.Milliseconds)))],
            rounds.SelectMany(round => round.Effort).GroupBy(part => part.Key).ToDictionary(
                part => part.Key, part => 1000 * part.Sum(one => one.Value) / Math.Max(1, rounds.Sum(round => round.Store.Paid))));
    }

    static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    static void Print(List<PurchaseFigure> figures, OverloadFigure? overload, List<string> problems)
    {
        var table = new Table().AddColumns("", "purchases/s", "pgbench order transactions/s", "ratio", "beside the first", "at rest after s");
        foreach (var it in figures)
            table.AddRow(
                it.What, Number(it.PurchasesPerSecond, "N0"), Number(it.TransactionsPerSecond, "N0"), Number(it.Ratio, "0.000"), Number(it.Beside, "0.00"),
                Number(it.CalmAfter, "0.0"));
        AnsiConsole.Write(table);

        var steps = new Table().AddColumns("step", "count", "p50 ms", "p99 ms");
        foreach (var step in figures[^1].Steps)
            steps.AddRow(step.Step.ToString().ToLowerInvariant(), Number(step.Count, "N0"), Number(step.P50Milliseconds, "0.0"), Number(step.P99Milliseconds, "0.0"));
        AnsiConsole.Write(steps);

        var effort = new Table().AddColumns("processor ms for one purchase", figures[^1].What);
        foreach (var part in figures[^1].Effort.OrderByDescending(part => part.Value))
            effort.AddRow(part.Key, Number(part.Value, "0.000"));
        effort.AddRow("together", Number(figures[^1].Effort.Values.Sum(), "0.000"));
        AnsiConsole.Write(effort);

        if (overload is not null)
            AnsiConsole.MarkupLineInterpolated(
                $"Overload: {overload.Offered:N0} buyers/s offered, {overload.Goodput:N0} purchases/s ({overload.OfPeak:0.00} of the peak); {overload.Refused:N0} refusals, p50 {overload.RefusalP50Milliseconds:0.0} ms, p99 {overload.RefusalP99Milliseconds:0.0} ms; {overload.NoLine:N0} found no connection; normal p99 {overload.NormalP99Milliseconds:0.0} ms, back after {overload.RecoveredAfter?.ToString("0", CultureInfo.InvariantCulture) ?? "more than 15"} s");
        foreach (var problem in problems)
            AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]");
        if (problems.Count == 0)
            AnsiConsole.MarkupLine("[green]Nobody heard an error, every unit paid for was sold once, the last units went to as many buyers; the audit is clean.[/]");
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
