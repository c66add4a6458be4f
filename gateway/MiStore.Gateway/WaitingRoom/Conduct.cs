using System.Globalization;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// How a sale was run, as far as no ticket tells it: counted by the gateways while it went on, and published when it is over. It
/// names no network and no person, only how evenly things were spread over them. Counted, not booked: a gateway that is killed
/// takes its last second with it.
/// </summary>
/// <param name="Answers">Answers of the waiting room, and to orders with a ticket; those that were held on request are not among them.</param>
/// <param name="P50Milliseconds">Half of them took at most so long (the bound of a class); null without answers.</param>
/// <param name="P99Milliseconds">As many as 99 in 100.</param>
/// <param name="Failures">Answers with a status of 500 or above.</param>
/// <param name="Refusals">How often each no was said, by its code; <c>order-409</c> and the like are the orders with a ticket.</param>
/// <param name="Tickets">Tickets that were taken.</param>
/// <param name="Hasty">
/// Those of them that asked sooner than told five times over, as no page does: what is certainly a program. One that asks as it is
/// told cannot be told from a page, and gains nothing either.
/// </param>
/// <param name="Proven">Tickets for which a puzzle was solved, because many came from their network.</param>
/// <param name="Patient">Tickets for which the pause was waited instead.</param>
/// <param name="ByNetwork">How tickets and orders are spread over networks (an IPv4 address, an IPv6 /64); null where none was counted.</param>
/// <param name="ByRegion">The same over what providers are given: an IPv4 /16, an IPv6 /32.</param>
public sealed record Conduct(
    Guid SaleId, long Answers, int? P50Milliseconds, int? P99Milliseconds, long Failures, IReadOnlyDictionary<string, long> Refusals,
    long Tickets, long Hasty, long Proven, long Patient, Spread? ByNetwork, Spread? ByRegion)
{
    /// <summary>Classes of answers by how long they took, in milliseconds; what took longer counts for the last.</summary>
    public static readonly int[] Classes = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000];

    /// <param name="tally">What all gateways counted, by the names of <see cref="Counted"/>.</param>
    /// <param name="origins">Tickets with the networks from which they were taken, in hexadecimal; without those of our own house.</param>
    /// <param name="used">Tickets that made their order.</param>
    public static Conduct Of(
        Guid sale, IReadOnlyDictionary<string, long> tally, IReadOnlyDictionary<string, string> origins, IReadOnlySet<string> used)
    {
        long Count(string name) => tally.GetValueOrDefault(name);
        var answers = Classes.Select(limit => Count(Counted.Took + limit)).ToArray();
        return new Conduct(
            sale, answers.Sum(), Percentile(answers, 0.5), Percentile(answers, 0.99), Count(Counted.Failed),
            tally.Where(count => count.Key.StartsWith(Counted.Refused, StringComparison.Ordinal))
                .ToDictionary(count => count.Key[Counted.Refused.Length..], count => count.Value),
            Count(Counted.Taken), Count(Counted.Hasty), Count(Counted.Proven), Count(Counted.Patient),
            Spread.Of(origins, used, network => network), Spread.Of(origins, used, RegionOf));
    }

    static int? Percentile(long[] answers, double share)
    {
        var wanted = Math.Ceiling(answers.Sum() * share);
        var counted = 0L;
        for (var i = 0; wanted > 0 && i < answers.Length; i++)
            if ((counted += answers[i]) >= wanted)
                return Classes[i];
        return null;
    }

    // As Client writes it: an IPv4 address stands in front, with a 1 behind it.
    static string RegionOf(string network)
    {
        var bits = UInt128.Parse(network, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return ((bits << 32) == UInt128.One << 120 ? bits >> 112 : bits >> 96).ToString("x", CultureInfo.InvariantCulture);
    }
}

/// <summary>The names under which gateways count.</summary>
static class Counted
{
    public const string Took = "ms:", Refused = "refused:", Failed = "failed", Taken = "taken", Hasty = "hasty", Proven = "proven", Patient = "patient";
}

/// <summary>How evenly tickets and orders are spread over places: 0 is everywhere the same, near 1 is all in one.</summary>
/// <param name="Places">Places from which tickets were taken.</param>
/// <param name="Tickets">Gini coefficient of the tickets.</param>
/// <param name="Orders">Of the orders, over the same places; null where there were none.</param>
/// <param name="MostOrders">The largest share of all orders that went to one place.</param>
public sealed record Spread(int Places, double Tickets, double? Orders, double? MostOrders)
{
    internal static Spread? Of(IReadOnlyDictionary<string, string> origins, IReadOnlySet<string> used, Func<string, string> placeOf)
    {
        if (origins.Count == 0)
            return null;

        var places = origins.GroupBy(origin => placeOf(origin.Value), origin => used.Contains(origin.Key)).ToList();
        var orders = places.ConvertAll(place => place.LongCount(isUsed => isUsed));
        var all = orders.Sum();
        return new Spread(
            places.Count, Gini([.. places.Select(place => place.LongCount())]),
            all == 0 ? null : Gini(orders), all == 0 ? null : (double)orders.Max() / all);
    }

    /// <summary>0 where all have the same, (n − 1) / n where one of n has everything.</summary>
    public static double Gini(IReadOnlyCollection<long> counts)
    {
        double all = counts.Sum();
        // 2 Σ i·xᵢ / (n Σ x) − (n + 1) / n, with x in rising order.
        return all == 0 ? 0 : 2 * counts.Order().Select((count, i) => (i + 1.0) * count).Sum() / (counts.Count * all) - (counts.Count + 1.0) / counts.Count;
    }
}
