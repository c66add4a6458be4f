using System.Globalization;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// Holds a sale again from its record: draws the order anew from the seed, plays every step of the journal, and asks of each
/// whether it was that ticket's turn. Knows nothing of Redis, and believes nothing that it can reckon.
/// </summary>
public sealed class QueueProof
{
    // The turn was heard of at one gateway and put off at another.
    const long ClockDifference = 5000;

    readonly SaleRecord record;
    readonly byte[] seed;
    readonly HashSet<string> list;
    readonly Dictionary<string, double> places = [];
    readonly SortedSet<(double Place, string Ticket)> waiting = new(
        Comparer<(double Place, string Ticket)>.Create((a, b) =>
            a.Place.CompareTo(b.Place) is var order && order != 0 ? order : string.CompareOrdinal(a.Ticket, b.Ticket)));
    readonly Dictionary<string, Outcome> outcomes = [];
    readonly Dictionary<string, (int Times, long Until)> more = [];
    readonly List<string> differences = [];
    int inside, mostInside;
    bool isDrawn, wasLost;

    QueueProof(SaleRecord record)
    {
        this.record = record;
        seed = Convert.FromHexString(record.Seed);
        list = [.. record.List];
    }

    /// <summary>What became of a ticket.</summary>
    public enum Outcome
    {
        /// <summary>Its turn did not come while there was anything left.</summary>
        Refused,

        /// <summary>It did not show when it was its turn.</summary>
        Skipped,

        /// <summary>It is admitted now.</summary>
        Admitted,

        /// <summary>It was admitted and made no order.</summary>
        Lapsed,

        Served,
    }

    /// <param name="Differences">Empty when everything happened as the seed, the list and the rules say.</param>
    /// <param name="MostInside">The most that were admitted and undecided at once.</param>
    public sealed record Verdict(IReadOnlyList<string> Differences, IReadOnlyDictionary<string, Outcome> Outcomes, int MostInside)
    {
        public int Count(Outcome outcome) => Outcomes.Values.Count(its => its == outcome);
    }

    public static Verdict Of(SaleRecord record)
    {
        if (record.Format is < 1 or > SaleRecord.CurrentFormat)
            return new Verdict([$"the record has format {record.Format}, this program reads up to {SaleRecord.CurrentFormat}"], new Dictionary<string, Outcome>(), 0);

        try
        {
            return new QueueProof(record).Check();
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
        {
            return new Verdict([$"the record cannot be read: {exception.Message}"], new Dictionary<string, Outcome>(), 0);
        }
    }

    Verdict Check()
    {
        if (Draw.Commitment(seed) != record.Commitment)
            Differ($"the seed does not hash to the commitment {record.Commitment}");
        if (record.ListHash is { } promised && Draw.HashOfList(record.List) is var hash && hash != promised)
            Differ($"the list hashes to {hash}, published was {promised}");
        if (record.List.Count != record.ListCount)
            Differ($"the list has {record.List.Count} tickets, published were {record.ListCount}");

        foreach (var (entry, number) in record.Journal.Select((entry, i) => (entry.Split(' '), i + 1)))
            Play(entry, number);

        if (Math.Max(mostInside - record.Rules.Slack, 0) * record.Rules.UnitsPerTicket > record.Quantity)
            Differ($"{mostInside} were admitted at once for {record.Quantity} units");
        return new Verdict(differences, outcomes, mostInside);
    }

    void Play(string[] entry, int number)
    {
        var what = entry[0];
        var ticket = what is "lost" or "drawn" ? "" : entry[1];
        switch (what)
        {
            case "drawn":
                if (isDrawn)
                    Differ($"line {number}: it was drawn twice");
                isDrawn = true;
                foreach (var drawn in record.List)
                    Join(drawn, Draw.PlaceOfDrawn(seed, record.ListHash ?? "", drawn));
                break;

            case "late":
                // A list that is closed stays closed: who comes later stands behind it.
                Join(ticket, PlaceBy(entry[2]));
                if (places[ticket] < 0)
                    Differ($"line {number}: {ticket} came behind the draw with an instant before it");
                break;

            case "in" or "away":
                var place = (places.GetValueOrDefault(ticket), ticket);
                if (waiting.Count == 0 || waiting.Min != place)
                    Differ(waiting.Contains(place)
                        ? $"line {number}: {ticket} was {(what == "in" ? "let in" : "passed by")} before {waiting.Min.Ticket}, whose turn it was"
                        : $"line {number}: {ticket} was {(what == "in" ? "let in" : "passed by")} and was not in the line");
                if (what == "in" && !Draw.IsDrawn(place.Item1) && Time(entry[2]) < record.OpensAt.AddSeconds(record.Rules.DrawnOnlySeconds))
                    Differ($"line {number}: {ticket} was let in while only the draw's tickets could be");
                waiting.Remove(place);
                Become(ticket, what == "in" ? Outcome.Admitted : Outcome.Skipped);
                break;

            case "back":
                if (outcomes.GetValueOrDefault(ticket) != Outcome.Skipped)
                    Differ($"line {number}: {ticket} came back and had not been passed by");
                Join(ticket, places.GetValueOrDefault(ticket));
                break;

            case "kept":
                if (!wasLost)
                    Differ($"line {number}: {ticket} is said to have been let in before the line was lost, and it was not lost");
                waiting.Remove((places.GetValueOrDefault(ticket), ticket));
                Become(ticket, Outcome.Admitted);
                break;

            case "unheard":
                Leave(ticket, number, Outcome.Skipped);
                break;

            case "more":
                GiveMore(ticket, number, Long(entry[2]), Long(entry[3]));
                break;

            case "lapsed":
                if (more.TryGetValue(ticket, out var given) && Long(entry[2]) < given.Until)
                    Differ($"line {number}: {ticket} lost its turn before the end that it had been given");
                Leave(ticket, number, Outcome.Lapsed);
                break;

            case "used":
                // News of an order may come after its ticket has run out; before a loss, we may not know of it at all.
                if (outcomes.GetValueOrDefault(ticket) == Outcome.Lapsed || wasLost)
                    Become(ticket, Outcome.Served);
                else
                    Leave(ticket, number, Outcome.Served);
                waiting.Remove((places.GetValueOrDefault(ticket), ticket));
                break;

            case "lost":
                // Before the draw nobody had a place that could be lost: who came back is on the list.
                if (!isDrawn && record.List.Count > 0)
                    break;
                wasLost = true;
                Differ($"line {number}: the store lost its line at {Time(entry[1]):u} and made it again; what was before cannot be proven");
                waiting.Clear();
                inside = 0;
                break;

            case "again":
                var isOfList = Long(entry[2]) < Draw.Micros(record.DrawAt) && (wasLost && list.Count == 0 || list.Contains(ticket));
                Join(ticket, isOfList ? Draw.PlaceOfDrawn(seed, record.ListHash ?? "", ticket) : PlaceBy(entry[2]));
                break;

            default:
                Differ($"line {number}: nobody knows what '{what}' is");
                break;
        }
    }

    void Join(string ticket, double place)
    {
        places[ticket] = place;
        waiting.Add((place, ticket));
        outcomes[ticket] = Outcome.Refused;
    }

    void Leave(string ticket, int number, Outcome outcome)
    {
        if (outcomes.GetValueOrDefault(ticket) != Outcome.Admitted)
            Differ($"line {number}: {ticket} is said to be {outcome.ToString().ToLowerInvariant()} and was not admitted");
        Become(ticket, outcome);
    }

    void GiveMore(string ticket, int number, long at, long until)
    {
        if (outcomes.GetValueOrDefault(ticket) != Outcome.Admitted)
            Differ($"line {number}: {ticket} was given more time and was not admitted");
        if (until > record.ClosesAt?.ToUnixTimeMilliseconds())
            Differ($"line {number}: {ticket} was given time beyond the end of the sale");

        // Before a loss more may have been given than the journal tells.
        var before = more.GetValueOrDefault(ticket, (Times: 0, Until: at + record.Rules.AdmissionSeconds * 1000L + ClockDifference));
        if (!wasLost && (before.Times >= record.Rules.Extensions || until > before.Until + record.Rules.ExtensionSeconds * 1000L))
            Differ($"line {number}: {ticket} was given more time than the rules allow");
        more[ticket] = (before.Times + 1, until);
    }

    void Become(string ticket, Outcome outcome)
    {
        if (outcomes.TryGetValue(ticket, out var was) && was == Outcome.Admitted)
            inside--;
        if (outcome == Outcome.Admitted)
            mostInside = Math.Max(mostInside, ++inside);
        outcomes[ticket] = outcome;
    }

    void Differ(string what) => differences.Add(what);

    double PlaceBy(string micros) => Long(micros) - Draw.Micros(record.DrawAt);

    static DateTimeOffset Time(string millis) => DateTimeOffset.FromUnixTimeMilliseconds(Long(millis));

    static long Long(string number) => long.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
