// ./mistore drill [NAME…] [--seed N] [--units N] [--buyers N] [--controls]: see README.md.

using System.Globalization;
using System.Runtime.InteropServices;
using MiStore.Drills;
using Spectre.Console;

var names = new List<string>();
var settings = new RunSettings(Random.Shared.Next(1, 1_000_000));
var controls = false;
for (var i = 0; i < args.Length; i++)
    switch (args[i])
    {
        case "--controls":
            controls = true;
            break;
        case "--seed" or "--units" or "--buyers":
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                return Usage($"{args[i]} needs a number.");
            settings = args[i++] switch
            {
                "--seed" => settings with { Seed = number },
                "--units" => settings with { Units = number },
                _ => settings with { Buyers = number },
            };
            break;
        case var name when Drills.All.Any(drill => drill.Name == name) || Controls.All.Any(control => control.Name == name):
            names.Add(name);
            controls |= Controls.All.Any(control => control.Name == name);
            break;
        case var unknown:
            return Usage($"There is no drill {unknown}.");
    }

// Where nothing shows a width (a file, a pipe), tables are not to be folded at 80.
if (!AnsiConsole.Profile.Out.IsTerminal)
{
    AnsiConsole.Profile.Width = 160;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    AnsiConsole.Profile.Capabilities.Ansi = false;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};
// Whoever ends us ends the store that we have started, too.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    interrupted.Cancel();
});

var report = new Report(Path.Combine(Environment.GetEnvironmentVariable("MISTORE_HOME") ?? ".mistore", "drills"));
AnsiConsole.MarkupLineInterpolated($"commit {Report.Commit}, seed {settings.Seed}, {Environment.ProcessorCount} cores");
try
{
    return controls ? await RunControls() : await RunDrills();
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    return 130;
}

async Task<int> RunDrills()
{
    var failed = new List<string>();
    foreach (var drill in Drills.All.Where(drill => names.Count == 0 || names.Contains(drill.Name)))
    {
        AnsiConsole.Write(new Rule($"[bold]{drill.Name}[/]: {Markup.Escape(drill.About)}") { Justification = Justify.Left });
        try
        {
            var outcome = await Run.Hold(drill, settings, cancellation: interrupted.Token);
            report.Show(outcome);
            var file = report.Write(outcome, drill.Name);
            if (!outcome.IsGood)
                failed.Add(drill.Name);
            AnsiConsole.MarkupLineInterpolated($"{(outcome.Skipped is not null ? "skipped" : outcome.IsGood ? "held" : "FAILED")}; {file}");
        }
        catch (InvalidOperationException failure) when (!interrupted.IsCancellationRequested)
        {
            failed.Add(drill.Name);
            Console.Error.WriteLine(failure.Message);
        }
    }

    AnsiConsole.WriteLine(failed.Count == 0
        ? "All drills held."
        : $"Failed: {string.Join(", ", failed)}. Again: ./mistore drill {string.Join(' ', failed)} --seed {settings.Seed} --units {settings.Units}");
    return failed.Count == 0 ? 0 : 1;
}

// Each has to be found out; one that is not makes every other verdict worthless.
async Task<int> RunControls()
{
    var blind = new List<string>();
    // Controls need a sale, not a long one.
    settings = settings with { Units = Math.Min(settings.Units, 1_000) };
    foreach (var control in Controls.All.Where(control => names.Count == 0 || names.Contains(control.Name)))
    {
        AnsiConsole.Write(new Rule($"[bold]{control.Name}[/]: {Markup.Escape(control.About)}") { Justification = Justify.Left });
        var missed = await Unseen(control);
        if (missed.Count > 0)
            blind.Add(control.Name);
        AnsiConsole.WriteLine(missed.Count == 0 ? "seen, as it has to be" : $"NOT SEEN: {string.Join(", ", missed)}");
    }

    AnsiConsole.WriteLine(blind.Count == 0 ? "The verdict sees every planted wrong." : $"The verdict is blind to: {string.Join(", ", blind)}.");
    return blind.Count == 0 ? 0 : 1;
}

async Task<IReadOnlyList<string>> Unseen(Control control)
{
    for (var attempt = 1; ; attempt++)
    {
        var outcome = await Run.Hold(control.Drill, settings with { Seed = settings.Seed + attempt - 1 }, control.Before, control.After, interrupted.Token);
        report.Show(outcome);
        report.Write(outcome, "control-" + control.Name);
        var missed = control.Expected.Where(name => outcome.Findings.Single(finding => finding.Name == name).IsGood).ToList();
        if (missed.Count == 0 || attempt == control.Attempts)
            return missed;
    }
}

static int Usage(string problem)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine($"Drills: {string.Join(", ", Drills.All.Select(drill => drill.Name))}.");
    Console.Error.WriteLine($"Controls: {string.Join(", ", Controls.All.Select(control => control.Name))}.");
    return 2;
}
