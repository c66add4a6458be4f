using System.Globalization;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.Rehearsal.Sales;

/// <summary>
/// What the published record of a sale says of how fair it was. It knows tickets and no people; what the gateways counted of those
/// is a <see cref="Conduct"/>.
/// </summary>
/// <param name="Drawn">Tickets that were drawn together.</param>
/// <param name="Late">Tickets that came after the draw.</param>
/// <param name="Outcomes">How many tickets ended how.</param>
/// <param name="AdmittedAgainstPlace">
/// Rank correlation of the order in which tickets were let in with their places: 1 is everybody in turn, and who did not show when it
/// was their turn takes from it. Null where fewer than two were let in.
/// </param>
/// <param name="PlaceAgainstRegistration">
/// Rank correlation of the places drawn with the order in which the tickets were taken: about 0, for to be early is no advantage in a
/// draw. By chance it is within two <paramref name="Chance"/> in 19 draws of 20. Null where fewer than two were drawn.
/// </param>
/// <param name="Chance">The standard error of the former, 1/√(n − 1); null with it.</param>
/// <param name="Waits">Of each that was let in: its turn (the first is 1), and seconds until then, from the opening or its coming.</param>
/// <param name="Orders">Seconds from the opening at which tickets made their orders.</param>
public sealed record Fairness(
    int Drawn, int Late, IReadOnlyDictionary<QueueProof.Outcome, int> Outcomes,
    double? AdmittedAgainstPlace, double? PlaceAgainstRegistration, double? Chance,
    IReadOnlyList<(int Turn, double Seconds, bool WasDrawn)> Waits, IReadOnlyList<double> Orders)
{
    public static Fairness Of(SaleRecord record, QueueProof.Verdict verdict)
    {
        var (seed, opening) = (Convert.FromHexString(record.Seed), record.OpensAt);
        var places = record.List.ToDictionary(ticket => ticket, ticket => Draw.PlaceOfDrawn(seed, record.ListHash ?? "", ticket));
        var came = record.List.ToDictionary(ticket => ticket, _ => record.DrawAt);
        var (admitted, turns) = (new HashSet<string>(), new List<double>());
        var (waits, orders) = (new List<(int, double, bool)>(), new List<double>());
        var drawn = places.Count;
        foreach (var step in record.Journal.Select(line => line.Split(' ')))
            switch (step)
            {
                case ["late", var ticket, var micros]:
                    came[ticket] = Draw.Instant(Number(micros));
                    places[ticket] = Draw.PlaceOfOther(came[ticket], record.DrawAt);
                    break;

                case ["in", var ticket, var millis] when places.TryGetValue(ticket, out var place) && admitted.Add(ticket):
                    turns.Add(place);
                    var since = came[ticket] > opening ? came[ticket] : opening;
                    waits.Add((admitted.Count, Math.Max(0, (At(millis) - since).TotalSeconds), came[ticket] == record.DrawAt));
                    break;

                case ["used", _, var millis]:
                    orders.Add((At(millis) - opening).TotalSeconds);
                    break;
            }

        return new Fairness(
            drawn, places.Count - drawn, verdict.Outcomes.Values.CountBy(outcome => outcome).ToDictionary(),
            RankCorrelation(turns), RankCorrelation([.. record.List.Select(ticket => places[ticket])]),
            drawn < 2 ? null : 1 / Math.Sqrt(drawn - 1), waits, orders);
    }

    /// <summary>Spearman's, of values with the order in which they stand; null for fewer than two. Equal values share their rank.</summary>
    public static double? RankCorrelation(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return null;

        var ranks = new double[values.Count];
        var sorted = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        for (var from = 0; from < sorted.Length;)
        {
            var to = from;
            while (to + 1 < sorted.Length && values[sorted[to + 1]].Equals(values[sorted[from]]))
                to++;
            for (var i = from; i <= to; i++)
                ranks[sorted[i]] = (from + to) / 2.0;
            from = to + 1;
        }

        var middle = (values.Count - 1) / 2.0;
        var together = ranks.Select((rank, i) => (rank - middle) * (i - middle)).Sum();
        var alone = ranks.Sum(rank => (rank - middle) * (rank - middle)) * ranks.Select((_, i) => (i - middle) * (i - middle)).Sum();
        return alone == 0 ? null : together / Math.Sqrt(alone);
    }

    static DateTimeOffset At(string millis) => DateTimeOffset.FromUnixTimeMilliseconds(Number(millis));

    static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
