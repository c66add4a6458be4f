using System.Globalization;
using System.Text.Json;
using MiStore.Gateway.WaitingRoom;
using MiStore.Rehearsal.Report;

namespace MiStore.Rehearsal.Sales;

/// <summary>The report of a sale as people read it and as a program may, side by side.</summary>
public static class SalePage
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string PathOf(Guid batch, string folder) => Path.Combine(folder, $"sale-{batch}.html");

    /// <returns>The page's path.</returns>
    public static string Write(SaleReport report, string folder)
    {
        var path = PathOf(report.Receipt.Batch, Directory.CreateDirectory(folder).FullName);
        File.WriteAllText(Path.ChangeExtension(path, ".json"), JsonSerializer.Serialize(
            new
            {
                report.At, isGood = report.IsGood, report.Findings, report.Receipt,
                fairness = report.Fairness is not { } fairness ? null : new
                {
                    fairness.Drawn, fairness.Late, fairness.Outcomes,
                    fairness.AdmittedAgainstPlace, fairness.PlaceAgainstRegistration, fairness.Chance,
                    waitSeconds = Percentiles.Select(share => new { share, seconds = Wait(fairness, share) }),
                },
                report.Conduct,
                report.Differences,
            }, Indented));
        // Last and at once: that it is there means that the sale is reported.
        File.WriteAllText(path + ".new", Of(report));
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    static readonly double[] Percentiles = [0.5, 0.95, 1];

    public static string Of(SaleReport report)
    {
        var receipt = report.Receipt;
        return Page.Frame($"{Number(receipt.Announced)} units of {receipt.Sku} in {receipt.Market}: how they were sold", $"""
            <p class="verdict {(report.IsGood ? "good" : "bad")}">{(report.IsGood ? "As it had to be" : "Not as it had to be")}</p>
            <p class="quiet">Reported at {Instant(report.At)} from what the store publishes: the receipt, the record of the line, and the
            audit.</p>
            <h2>What had to hold</h2>
            {Page.Table(report.Findings)}
            <h2>Units and times</h2>
            {Rows(
                ("sold", Number(receipt.Sold)), ("unsold", $"{Number(receipt.Unsold)}, {Number(receipt.Withdrawn)} of them withdrawn"),
                ("held for an order that came to nothing", $"{Number(receipt.Returned)} times a unit"),
                ("paid for and given back", $"{Number(receipt.Cancelled)} times a unit"),
                ("announced", Instant(receipt.AnnouncedAt)), ("opened", Instant(receipt.OpenedAt)), ("ended", receipt.Ending),
                ("first sold out", Instant(receipt.FirstSoldOutAt)), ("sold out", Instant(receipt.SoldOutAt)),
                ("time to sell out", receipt.SecondsToSellOut is { } seconds ? $"{Seconds(seconds)} s" : "–"))}
            {(report.Fairness is { } fairness ? Line(fairness) : report.Record is null ? NoLine : "")}
            {(report.Conduct is { } conduct ? Crowd(conduct) : "")}
            """);
    }

    const string NoLine =
        "<h2>Fairness</h2><p>Nobody stood in line: the batch was sold to whoever came first, and no order was promised.</p>";

    static string Line(Fairness fairness) => $"""
        <h2>Fairness</h2>
        {Rows(
            ("tickets that were drawn", Number(fairness.Drawn)), ("tickets that came later", Number(fairness.Late)),
            ("order of admission against place",
                $"{Correlation(fairness.AdmittedAgainstPlace)} (1 is everybody in turn; who did not show takes from it)"),
            ("place against order of registration", fairness.PlaceAgainstRegistration is null ? "–"
                : $"{Correlation(fairness.PlaceAgainstRegistration)} (about 0; 19 of 20 draws are within ±{Correlation(2 * fairness.Chance)})"),
            ("wait until let in", string.Join(", ", Percentiles.Select(share => $"{NameOf(share)} {Seconds(Wait(fairness, share))} s"))))}
        {Chart.Dots("Wait against turn", "turn", "seconds",
            new Series("drawn", "--one", Thin(fairness.Waits.Where(wait => wait.WasDrawn))),
            new Series("later", "--two", Thin(fairness.Waits.Where(wait => !wait.WasDrawn))))}
        <h2>Orders</h2>
        {Chart.Lines("Orders of tickets over time", "seconds from the opening", "orders",
            [new Series("orders", "--one", [(0, 0), .. Page.Thin([.. fairness.Orders.Order().Select((at, i) => (at, (double)(i + 1)))])])])}
        <h2>How tickets ended</h2>
        {Chart.Bars("Ends", fairness.Outcomes.Select(outcome => (Meaning(outcome.Key), outcome.Value)))}
        """;

    static string Crowd(Conduct conduct) => $"""
        <h2>Who came</h2>
        {Rows(
            ("tickets that were taken", Number(conduct.Tickets)),
            ("certainly programs", $"{Number(conduct.Hasty)}{Share(conduct.Hasty, conduct.Tickets)}: asked too soon again and again"),
            ("asked for a proof", $"{Number(conduct.Proven)} solved a puzzle, {Number(conduct.Patient)} waited instead"),
            ("spread over networks", Spread(conduct.ByNetwork)), ("spread over regions", Spread(conduct.ByRegion)))}
        <p class="quiet">Gini: 0 where every network has the same, near 1 where one has everything. A region is an IPv4 /16 or an IPv6 /32.
        A program that asks as it is told cannot be told from a page, and wins no more often.</p>
        <h2>Refusals by reason</h2>
        {(conduct.Refusals.Count == 0 ? "<p>None.</p>"
            : Chart.Bars("Refusals", conduct.Refusals.OrderByDescending(refusal => refusal.Value).Select(refusal => (refusal.Key, (int)refusal.Value))))}
        """;

    static string Share(long some, long all) => all == 0 ? "" : $" ({(double)some / all:P1})";

    static string Spread(Spread? spread) => spread is null
        ? "not counted: all came from the store's own machine"
        : $"{Number(spread.Places)}; Gini of tickets {Correlation(spread.Tickets)}, of orders {Correlation(spread.Orders)}"
            + (spread.MostOrders is { } most ? string.Create(CultureInfo.InvariantCulture, $"; the largest share of orders {most:P1}") : "");

    static string Meaning(QueueProof.Outcome outcome) => outcome switch
    {
        QueueProof.Outcome.Served => "made an order",
        QueueProof.Outcome.Lapsed => "made none in time",
        QueueProof.Outcome.Skipped => "did not show in turn",
        QueueProof.Outcome.Admitted => "let in, no order",
        _ => "nothing was left",
    };

    static string NameOf(double share) => share < 1 ? $"p{share * 100:0}" : "longest";

    static double Wait(Fairness fairness, double share) => Verdict.Percentile(fairness.Waits.Select(wait => wait.Seconds), share);

    static IReadOnlyList<(double, double)> Thin(IEnumerable<(int Turn, double Seconds, bool WasDrawn)> waits) =>
        [.. Page.Thin([.. waits.Select(wait => ((double)wait.Turn, wait.Seconds))])];

    static string Rows(params (string Name, string Value)[] rows) =>
        $"<table>{string.Concat(rows.Select(row => $"<tr><td>{row.Name}</td><td>{Page.Text(row.Value)}</td></tr>"))}</table>";

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Seconds(double seconds) => seconds.ToString("N1", CultureInfo.InvariantCulture);

    static string Correlation(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    static string Instant(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "–";
}
