using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace MiStore.Bench.Lane;

/// <param name="Seconds">Length of one measurement, after five of warming up.</param>
/// <param name="ExistingOrders">In the tables before anything is measured.</param>
sealed record Plan(int Seconds, int Rounds, int ExistingOrders, int[] Callers);

/// <param name="Callers">How many place orders at the same time.</param>
/// <param name="TimesOneStatement">Orders per second over those of design (a) in the same round; the median of the rounds.</param>
sealed record Figure(
    string Design, int Callers, double OrdersPerSecond, double P50Milliseconds, double P99Milliseconds, double TimesOneStatement,
    IReadOnlyList<double> OrdersPerSecondOfRounds);

/// <summary>
/// The lane beside two ordinary ways to sell one hot SKU. All in one run and in turns, because a machine is never as
/// quiet as a minute ago: only ratios within a round mean anything. Fails when a single unit is not where it belongs.
/// </summary>
static class CompareDesigns
{
    const string Lane = "the lane", EmptyLane = "the lane, empty tables", One = "(a) one statement", Five = "(b) five round trips";
    const int LastUnits = 1000, LastRequests = 2000;

    // Until the runtime has compiled what is hot with what it learnt: at 64 callers that shows for four seconds.
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(string server, string folder, Plan plan)
    {
        var run = $"bench_{Guid.CreateVersion7().ToString("n")[..12]}";
        var problems = new List<string>();
        AnsiConsole.MarkupLineInterpolated($"[grey]Filling a database with {plan.ExistingOrders:N0} orders and their ledger.[/]");
        await using var laneShop = await Shop.Open(server, run + "_lane", plan.ExistingOrders, LastUnits);
        await using var oneShop = await laneShop.Copy(run + "_one");
        await using var fiveShop = await laneShop.Copy(run + "_five");
        var machine = Machine.This(await laneShop.Ask<string>("show server_version"), await laneShop.Ask<string>(
            "select format('fsync %s, synchronous_commit %s', current_setting('fsync'), current_setting('synchronous_commit'))"));
        AnsiConsole.MarkupLineInterpolated($"[grey]{machine}[/]");

        var rounds = new List<Dictionary<(string, int), Measured>>();
        var granted = new Dictionary<Shop, int> { [laneShop] = 0, [oneShop] = 0, [fiveShop] = 0 };
        for (var round = 1; round <= plan.Rounds; round++)
        {
            var measured = new Dictionary<(string, int), Measured>();
            rounds.Add(measured);
            foreach (var callers in plan.Callers)
            {
                foreach (var (name, shop) in new[] { (Lane, laneShop), (One, oneShop), (Five, fiveShop) })
                    measured[(name, callers)] = await Measure(name, shop, callers, granted);

                await using var emptyShop = await Shop.Open(server, $"{run}_empty_{round}_{callers}", existingOrders: 0, LastUnits);
                granted[emptyShop] = 0;
                measured[(EmptyLane, callers)] = await Measure(EmptyLane, emptyShop, callers, granted);
                problems.AddRange(await Check(EmptyLane, emptyShop, granted[emptyShop]));
            }

            AnsiConsole.MarkupLineInterpolated($"[grey]Round {round} of {plan.Rounds}, load average {Machine.LoadNow():0.0}[/]");
        }

        // The end of a sale: twice as many requests as there are units.
        foreach (var (name, shop) in new[] { (Lane, laneShop), (One, oneShop), (Five, fiveShop) })
        {
            await using (var design = Open(name, shop))
                if (await Crowd.ForTheLast(design, plan.Callers[^1], LastRequests) is { Granted: not LastUnits } wrong)
                    problems.Add($"{name}: of {LastUnits} last units {wrong.Granted} were granted.");
            problems.AddRange(await Check(name, shop, granted[shop]));
        }

        IReadOnlyList<Figure> figures = [.. plan.Callers.SelectMany(callers =>
            new[] { Lane, EmptyLane, One, Five }.Select(name => Summarize(name, callers, rounds)))];
        Print(figures, problems);
        await Write(folder, machine, plan, figures, problems);
        return problems.Count == 0 ? 0 : 1;

        async Task<Measured> Measure(string name, Shop shop, int callers, Dictionary<Shop, int> sum)
        {
            await shop.EmptyOutbox();
            await using var design = Open(name, shop);
            sum[shop] += (await Crowd.For(design, callers, WarmUp)).Granted;
            var measured = await Crowd.For(design, callers, TimeSpan.FromSeconds(plan.Seconds));
            sum[shop] += measured.Granted;
            return measured;
        }
    }

    static IDesign Open(string name, Shop shop) => name switch
    {
        One => new OneStatement(shop),
        Five => new FiveRoundTrips(shop),
        _ => new ReservationLane(shop),
    };

    // What the callers were told, the batch's own count, the orders with their ledger entries: three books that must agree.
    static async Task<IReadOnlyList<string>> Check(string name, Shop shop, int granted)
    {
        var (taken, orders) = (await shop.UnitsTaken(shop.Batch), await shop.Orders(shop.Batch));
        var problems = new List<string>();
        if (taken != granted || orders != granted)
            problems.Add($"{name}: {granted} orders were granted, {taken} units are gone, {orders} orders are in the ledger.");
        // The audit is about what the shop runs; over a million orders it takes as long as everything else here.
        if (name is Lane or EmptyLane)
            problems.AddRange((await shop.Audit()).Select(difference => $"{name}: {difference}"));
        return problems;
    }

    static Figure Summarize(string name, int callers, List<Dictionary<(string, int), Measured>> rounds)
    {
        var own = rounds.ConvertAll(round => round[(name, callers)]);
        return new Figure(
            name, callers, Median(own.Select(it => it.Rate)), Median(own.Select(it => it.P50Milliseconds)), Median(own.Select(it => it.P99Milliseconds)),
            Median(rounds.Select(round => round[(name, callers)].Rate / round[(One, callers)].Rate)), own.ConvertAll(it => Math.Round(it.Rate)));
    }

    static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    static void Print(IReadOnlyList<Figure> figures, List<string> problems)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("callers", it => it.RightAligned()).AddColumn("design").AddColumn("orders/s", it => it.RightAligned())
            .AddColumn("p50 ms", it => it.RightAligned()).AddColumn("p99 ms", it => it.RightAligned()).AddColumn("times (a)", it => it.RightAligned());
        foreach (var it in figures)
            table.AddRow(
                it.Callers.ToString(CultureInfo.InvariantCulture), it.Design, Number(it.OrdersPerSecond, "N0"), Number(it.P50Milliseconds, "0.0"),
                Number(it.P99Milliseconds, "0.0"), Number(it.TimesOneStatement, "0.0"));
        AnsiConsole.Write(table);

        foreach (var problem in problems)
            AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]");
        if (problems.Count == 0)
            AnsiConsole.MarkupLine("[green]Every granted order is there once, every unit is in the ledger, none was sold twice; the audit of the lane is clean.[/]");
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    static async Task Write(string folder, Machine machine, Plan plan, IReadOnlyList<Figure> figures, List<string> problems)
    {
        var at = DateTimeOffset.UtcNow;
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{at:yyyyMMdd-HHmmss}-lane.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
            new { at, machine, plan, figures, problems }, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
        AnsiConsole.MarkupLineInterpolated($"[grey]{file}[/]");
    }
}
