using System.Diagnostics;
using System.Text.Json;
using MiStore.Drills.Selling;
using Spectre.Console;

namespace MiStore.Drills;

/// <summary>What people read, and what a program may read later.</summary>
public sealed class Report(string folder)
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Commit { get; } = ReadCommit();

    public void Show(Outcome outcome)
    {
        if (outcome.Skipped is { } why)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]skipped[/]: {why}");
            return;
        }

        var books = outcome.Books!;
        var acknowledged = books.Clients.Count(attempt => attempt.Ending == Ending.Acknowledged);
        AnsiConsole.MarkupLineInterpolated(
            $"{outcome.Settings.Units} units, {books.Clients.Count} buyers' attempts, {outcome.Settings.Buyers} at a time: {acknowledged} orders acknowledged in {outcome.Sale.TotalSeconds:0.0} s; cold start {outcome.ColdStart.TotalSeconds:0.0} s");
        AnsiConsole.MarkupLineInterpolated(
            $"Orders: {Counted(books.Orders.GroupBy(order => order.Status))}. Refusals: {Counted(books.Clients.Where(attempt => attempt.Code is not null).GroupBy(attempt => attempt.Code!))}.");
        AnsiConsole.MarkupLineInterpolated(
            $"Provider: {books.Payments.Count(payment => payment.Captured > 0)} captured, {books.Payments.Count(payment => payment.Refunded > 0)} refunded. Tries that failed meanwhile: {Counted(books.Troubles.GroupBy(trouble => trouble.Status == 0 ? "no answer" : $"{trouble.Status} {trouble.Code}"))}.");
        AnsiConsole.MarkupLineInterpolated(
            $"Settled: {(outcome.Settled is { } settled ? $"{settled.TotalSeconds:0.0} s after the sale" : $"not within {outcome.Drill.SettlesWithin.TotalSeconds:0} s")}.");
        foreach (var note in outcome.Notes)
            AnsiConsole.MarkupLineInterpolated($"  {note}");

        ShowStrikes(outcome);
        var table = new Table().Border(TableBorder.Minimal).AddColumns("has to be nought", "is", "");
        foreach (var finding in outcome.Findings)
            table.AddRow(
                Markup.Escape(finding.Name), finding.IsGood ? "[green]0[/]" : $"[red]{finding.Count}[/]",
                Markup.Escape(finding.IsGood && finding.Name != Books.Verdict.Oversold ? "" : finding.Detail));
        AnsiConsole.Write(table);
    }

    /// <summary>Keeps it as JSON; returns the file.</summary>
    public string Write(Outcome outcome, string name)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{name}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            Drill = name,
            Commit,
            outcome.Settings.Seed,
            outcome.Settings.Units,
            outcome.Settings.Buyers,
            Cores = Environment.ProcessorCount,
            Passed = outcome.IsGood,
            outcome.Skipped,
            ColdStartSeconds = outcome.ColdStart.TotalSeconds,
            SaleSeconds = outcome.Sale.TotalSeconds,
            SettledSeconds = outcome.Settled?.TotalSeconds,
            Acknowledged = outcome.Books?.Clients.Count(attempt => attempt.Ending == Ending.Acknowledged),
            outcome.Findings,
            outcome.Strikes,
            Recoveries = outcome.Recoveries.Select(one => new { one.Name, one.At, Healthy = one.Healthy?.TotalSeconds, Orders = one.Orders?.TotalSeconds }),
            outcome.Notes,
        }, Indented));
        return file;
    }

    static void ShowStrikes(Outcome outcome)
    {
        if (outcome.Strikes.Count == 0)
            return;

        var table = new Table().Border(TableBorder.Minimal).AddColumns("what happened", "at attempt", "at", "orders accepted meanwhile", "their p99");
        foreach (var strike in outcome.Strikes)
            table.AddRow(
                Markup.Escape(strike.What), strike.Attempts.ToString(), $"{strike.After.TotalSeconds:0.0} s",
                strike.Lasted > TimeSpan.FromSeconds(1) ? $"{strike.Accepted} in {strike.Lasted.TotalSeconds:0.0} s" : "",
                strike is { P99: { } p99, OtherwiseP99: { } otherwise } ? $"{p99.TotalMilliseconds:0} ms, {p99 / otherwise:0.00} times the others'" : "");
        AnsiConsole.Write(table);

        if (outcome.Recoveries.Count == 0)
            return;
        var recovery = new Table().Border(TableBorder.Minimal).AddColumns("recovery of", "healthy after (median, most)", "next order answered after (median, most)", "times");
        foreach (var same in outcome.Recoveries.GroupBy(one => one.Name).OrderBy(same => same.Key, StringComparer.Ordinal))
            recovery.AddRow(
                same.Key, Spread(same.Select(one => one.Healthy)), Spread(same.Select(one => one.Orders)), same.Count().ToString());
        AnsiConsole.Write(recovery);
    }

    static string Spread(IEnumerable<TimeSpan?> times)
    {
        var sorted = times.OfType<TimeSpan>().Order().ToList();
        return sorted.Count == 0 ? "never" : $"{sorted[sorted.Count / 2].TotalSeconds:0.0} s, {sorted[^1].TotalSeconds:0.0} s";
    }

    static string Counted<T>(IEnumerable<IGrouping<string, T>> groups)
    {
        var counts = groups.OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}").ToList();
        return counts.Count == 0 ? "none" : string.Join(", ", counts);
    }

    static string ReadCommit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty", "--abbrev=12"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
            })!;
            var commit = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return commit.Length > 0 ? commit : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
