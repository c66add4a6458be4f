// ./mistore rehearse [options]: plays a launch against the running store. ./mistore sale-report: how a sale went. See README.md.

using System.Globalization;
using MiStore.Rehearsal;
using MiStore.Rehearsal.Report;
using MiStore.Rehearsal.Sales;
using Spectre.Console;

var home = Environment.GetEnvironmentVariable("MISTORE_HOME") ?? ".mistore";
var store = Environment.GetEnvironmentVariable("MISTORE_URL") ?? $"http://localhost:{Environment.GetEnvironmentVariable("MISTORE_PORT") ?? "8080"}";
var plan = new Plan(new Uri(store), ArriveWithin: TimeSpan.FromSeconds(10));
var goals = new Goals();
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};

if (args is ["sale-report", .. var rest])
    return await Try(() => SaleReports.Run(rest, plan.Url, home, interrupted.Token));

for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--waiting-room")
    {
        plan = plan with { WaitingRoom = true };
        continue;
    }

    var (name, value) = (args[i], i + 1 < args.Length ? args[++i] : "");
    if (name is "--url" && Uri.TryCreate(value, UriKind.Absolute, out var url))
        plan = plan with { Url = url };
    else if (name is "--sku" && value.Length > 0)
        plan = plan with { Sku = value };
    else if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        return Usage($"{name} {value}?");
    else if (Set(name, number) is { } set)
        (plan, goals) = set;
    else
        return Usage($"{name}?");
}

if (plan.Units < 1 || plan.Connections < 1)
    return Usage("At least one unit, and one connection.");

if (!AnsiConsole.Profile.Out.IsTerminal)
{
    AnsiConsole.Profile.Width = 160;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    AnsiConsole.Profile.Capabilities.Ansi = false;
}

return await Try(async () =>
{
    var outcome = await Play(await Operator.Token(plan.Url, interrupted.Token));
    var table = new Table().AddColumns("", "what had to hold", "what was");
    foreach (var finding in outcome.Findings)
        table.AddRow(finding.IsGood ? "[green]yes[/]" : "[red]NO[/]", Markup.Escape(finding.Name), Markup.Escape(finding.Detail));
    AnsiConsole.Write(table);
    AnsiConsole.MarkupLineInterpolated($"{(outcome.IsGood ? "passed" : "NOT PASSED")}; {Files.Write(outcome, Path.Combine(home, "rehearsals"))}");
    return outcome.IsGood ? 0 : 1;
});

async Task<int> Try(Func<Task<int>> work)
{
    try
    {
        return await work();
    }
    catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
    {
        return 130;
    }
    catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or FormatException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
}

async Task<Outcome> Play(string token)
{
    Outcome? outcome = null;
    await AnsiConsole.Progress().StartAsync(async progress =>
    {
        var ended = progress.AddTask("buyers with an answer", maxValue: plan.Buyers);
        var sold = progress.AddTask("units paid for", maxValue: Math.Min(plan.Units, plan.Buyers));
        outcome = await Launch.Play(plan, goals, token, records =>
        {
            ended.Value = records.Evenings.Count;
            sold.Value = records.Evenings.Count(evening => evening.End == "sold");
        }, interrupted.Token);
    });
    return outcome!;
}

(Plan, Goals)? Set(string name, int number) => name switch
{
    "--units" => (plan with { Units = number }, goals),
    "--buyers" => (plan with { Buyers = number }, goals),
    "--browsers" => (plan with { Browsers = number }, goals),
    "--fillers" => (plan with { Fillers = number }, goals),
    "--bots" => (plan with { Bots = number }, goals),
    "--seconds" => (plan with { ArriveWithin = TimeSpan.FromSeconds(number) }, goals),
    "--connections" => (plan with { Connections = number }, goals),
    "--seed" => (plan with { Seed = number }, goals),
    "--goal-p99" => (plan, goals with { P99Milliseconds = number }),
    "--goal-errors" => (plan, goals with { Errors = number }),
    _ => null,
};

static int Usage(string problem)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(
        "rehearse [--units 100] [--buyers 500] [--browsers 20] [--fillers 50] [--bots 2] [--seconds 10] [--connections 64] [--sku MI-BAND-BLK] "
        + "[--waiting-room] [--seed 1] [--url http://localhost:8080] [--goal-p99 1000] [--goal-errors 0]");
    return 2;
}
