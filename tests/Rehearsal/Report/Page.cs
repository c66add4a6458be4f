using System.Globalization;
using System.Net;

namespace MiStore.Rehearsal.Report;

/// <summary>The report that the owner reads: one file, nothing to load.</summary>
public static class Page
{
    const string Style = """
        :root { --ink:#1f1d1a; --paper:#faf8f4; --quiet:#6d675e; --line:#e2dcd1; --one:#b63d12; --two:#1d6f78; --three:#7a5aa6; --good:#2c7a3f; --bad:#b3261e }
        @media (prefers-color-scheme: dark) { :root { --ink:#f3efe8; --paper:#151412; --quiet:#a79f93; --line:#34302a; --one:#f19a6b; --two:#6fc3cc; --three:#b9a0e0; --good:#7fcf93; --bad:#ff8a80 } }
        body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.9rem; letter-spacing: -.02em } h2 { font-size: 1.15rem; margin: 2.2rem 0 .4rem }
        table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
        .number { text-align: right; font-variant-numeric: tabular-nums } .good { color: var(--good) } .bad { color: var(--bad) }
        .verdict { font-size: 1.3rem; font-weight: 600 } .quiet, .legend, .unit { color: var(--quiet) }
        svg { width: 100%; height: auto } svg text { font: 12px system-ui, sans-serif; fill: var(--quiet) } .grid { stroke: var(--line) }
        """;

    public static string Of(Outcome outcome)
    {
        var (plan, records) = (outcome.Plan, outcome.Records);
        return Frame("A launch, rehearsed", $"""
            <p class="verdict {(outcome.IsGood ? "good" : "bad")}">{(outcome.IsGood ? "Passed" : "Not passed")}</p>
            <p>{plan.Units:N0} units, {plan.Buyers:N0} buyers within {Number(plan.ArriveWithin.TotalSeconds)} s, {plan.Browsers} who look, {plan.Fillers} who leave a cart,
            {plan.Bots} bots; {plan.Connections} connections{(plan.WaitingRoom ? ", through the waiting room" : "")}.
            <span class="quiet">{outcome.At:yyyy-MM-dd HH:mm} UTC, seed {plan.Seed}, {Environment.ProcessorCount} cores, clients on them too.</span></p>
            <h2>What had to hold</h2>
            {Table(outcome.Findings)}
            <h2>Sales</h2>
            {Chart.Lines("Units paid for over time", "seconds from the opening", "units", [Sales(records)])}
            <h2>How long answers took</h2>
            {Chart.Lines("Latency of answers to buyers over time", "seconds from the opening", "ms", Latencies(records))}
            {(plan.WaitingRoom ? $"<h2>Turn against arrival</h2>{Chart.Dots("Order of admission against arrival", "arrival, seconds from the opening", "turn", [Turns(records)])}" : "")}
            <h2>How the buyers' evenings ended</h2>
            {Chart.Bars("Ends", records.Evenings.CountBy(evening => evening.End).Select(group => (group.Key, group.Value)))}
            <h2>Refusals by reason</h2>
            {Chart.Bars("Refusals", records.Heard.Where(heard => heard.Status is 0 or >= 400 && heard.Who != "operator")
                .CountBy(heard => $"{heard.Who}: {heard.Code ?? $"{heard.Status}"}").Select(group => (group.Key, group.Value)))}
            <h2>The steps of a purchase</h2>
            {Steps(records)}
            """);
    }

    internal static string Frame(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>MiStore: {Text(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <h1>{Text(title)}</h1>
        {body}
        </body>
        </html>
        """;

    internal static string Table(IEnumerable<Finding> findings) =>
        $"<table>{string.Concat(findings.Select(finding =>
            $"<tr><td class=\"{(finding.IsGood ? "good" : "bad")}\">{(finding.IsGood ? "✓" : "✗")}</td><td>{Text(finding.Name)}</td><td>{Text(finding.Detail)}</td></tr>"))}</table>";

    /// <summary>The buyers' steps with their number and what they cost, in milliseconds.</summary>
    public static IEnumerable<(string Step, int Count, double P50, double P95, double P99)> StepsOf(Records records) => records.Heard
        .Where(heard => heard is { Who: "buyer", Status: > 0 })
        .GroupBy(heard => heard.Step)
        .OrderBy(step => step.Min(heard => heard.At))
        .Select(step => (step.Key, step.Count(), At(step, 0.5), At(step, 0.95), At(step, 0.99)));

    static string Steps(Records records) =>
        $"""
        <table><tr><th>step</th><th class="number">answers</th><th class="number">p50 ms</th><th class="number">p95 ms</th><th class="number">p99 ms</th></tr>
        {string.Concat(StepsOf(records).Select(step => $"<tr><td>{step.Step}</td><td class=\"number\">{step.Count:N0}</td><td class=\"number\">{Number(step.P50)}</td><td class=\"number\">{Number(step.P95)}</td><td class=\"number\">{Number(step.P99)}</td></tr>"))}
        </table><p class="quiet">“paid” and “turn” are asked to wait (Prefer: wait), so theirs is not the store's time alone.</p>
        """;

    static Series Sales(Records records)
    {
        var ends = records.Evenings.Where(evening => evening.End == "sold").Select(evening => evening.EndedAt).Order().ToList();
        return new Series("paid", "--one", [(0, 0), .. Thin(ends.Select((at, i) => (at, (double)(i + 1))).ToList())]);
    }

    static IReadOnlyList<Series> Latencies(Records records)
    {
        var seconds = records.Heard.Where(heard => heard is { Who: "buyer", WasHeld: false, Status: > 0 }).GroupBy(heard => Math.Floor(heard.At)).OrderBy(second => second.Key).ToList();
        return
        [
            .. new[] { ("p50", "--two", 0.5), ("p95", "--three", 0.95), ("p99", "--one", 0.99) }.Select(line =>
                new Series(line.Item1, line.Item2, [.. seconds.Select(second => (second.Key + 0.5, At(second, line.Item3)))])),
        ];
    }

    static Series Turns(Records records) => new("turn", "--one",
        [.. Thin(records.Evenings.Where(evening => evening.Turn is not null).Select(evening => (evening.ArrivedAt, (double)evening.Turn!)).ToList())]);

    // A picture has no use for more points than it has pixels.
    internal static IEnumerable<(double, double)> Thin(List<(double, double)> points) =>
        points.Where((_, i) => points.Count < 2000 || i % (points.Count / 1000) == 0 || i == points.Count - 1);

    static double At(IEnumerable<Heard> heard, double share) => Verdict.Percentile(heard.Select(answer => answer.Milliseconds), share);

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    static string Number(double value) => value.ToString(value < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
