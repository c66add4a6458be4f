using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace MiStore.Bench;

/// <summary>One line of the table that everything comes down to.</summary>
/// <param name="IsGood">Null where no aim is set.</param>
sealed record Line(string What, string Measured, string Aim, bool? IsGood);

/// <summary>The figures of several measurements, beside what they are to be.</summary>
static class Overall
{
    /// <param name="since">Files of the folder whose names, which begin with an instant, are not before this one.</param>
    public static int Show(string folder, string since)
    {
        var lines = Directory.GetFiles(folder, "*.json")
            .Where(file => string.CompareOrdinal(Path.GetFileName(file), since) >= 0).Order(StringComparer.Ordinal)
            .SelectMany(LinesOf).ToList();
        var table = new Table().AddColumns("what", "measured", "aim", "");
        foreach (var line in lines)
            table.AddRow(
                line.What, line.Measured, line.Aim, line.IsGood switch { true => "[green]yes[/]", false => "[red]not yet[/]", null => "" });
        AnsiConsole.Write(table);
        return lines.Count > 0 ? 0 : 1;
    }

    static IEnumerable<Line> LinesOf(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var run = document.RootElement.Clone();
        return Path.GetFileNameWithoutExtension(file).Split('-', 3)[^1] switch
        {
            "gateway" => Each(run).Select(figure => AtLeast(
                $"{figure.GetProperty("what").GetString()} from the gateway's memory, of bare Kestrel", Number(figure, "ratio"), 0.6)),
            "purchases" => Purchases(run),
            "lane" => Each(run).Where(figure => figure.GetProperty("design").GetString() == "the lane").Select(figure => AtLeast(
                $"the lane at {figure.GetProperty("callers")} callers, of one statement an order", Number(figure, "timesOneStatement"), 10)),
            "search" => [AtMost("the slowest kind of search, p95 ms", Each(run).Max(figure => Number(figure, "p95Milliseconds")), 100)],
            "waiting-room" => WaitingRoom(run),
            _ => [],
        };
    }

    static IEnumerable<Line> Purchases(JsonElement run)
    {
        var figures = Each(run).ToList();
        foreach (var figure in figures)
            yield return AtLeast($"purchases, {figure.GetProperty("what").GetString()}, of pgbench's order transactions", Number(figure, "ratio"), 0.35);
        foreach (var figure in figures.Skip(1))
            yield return AtLeast($"purchases, {figure.GetProperty("what").GetString()}, of the first", Number(figure, "beside"), 0.8);
        yield return AtMost("p99 of an order at 64 buyers, ms", figures[0].GetProperty("steps").EnumerateArray()
            .Where(step => step.GetProperty("step").GetInt32() == (int)Bench.Purchases.Step.Order).Max(step => Number(step, "p99Milliseconds")), 50);
        yield return Right("no error, no oversell, clean books", run);
    }

    static IEnumerable<Line> WaitingRoom(JsonElement run)
    {
        var plan = run.GetProperty("plan");
        yield return Right($"{plan.GetProperty("buyers")} buyers for {plan.GetProperty("units")} units: all sold, everybody answered", run);
        yield return AtMost("p99 of any answer in the waiting room, ms", Number(
            run.GetProperty("times").EnumerateArray().First(figure => figure.GetProperty("call").GetString() == "any"), "p99Milliseconds"), 250);
    }

    static IEnumerable<JsonElement> Each(JsonElement run) => run.GetProperty("figures").EnumerateArray();

    static double Number(JsonElement figure, string name) => figure.GetProperty(name).GetDouble();

    static Line AtLeast(string what, double measured, double aim) => new(what, Text(measured, "0.00"), "at least " + Text(aim, "0.##"), measured >= aim);

    static Line AtMost(string what, double measured, double aim) => new(what, Text(measured, "0"), "below " + Text(aim, "0"), measured < aim);

    static Line Right(string what, JsonElement run) => run.GetProperty("problems").GetArrayLength() is var problems && problems == 0
        ? new Line(what, "yes", "yes", true)
        : new Line(what, $"{problems} problems", "yes", false);

    static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
