using System.Globalization;
using MiStore.Contracts.Sales;
using StackExchange.Redis;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>The line of one sale in Redis. Each call is one step: it happens as a whole or not at all.</summary>
/// <param name="patience">For a step; after it Redis counts as away.</param>
public sealed class Line(IDatabase redis, Guid saleId, TimeSpan patience)
{
    /// <summary>After a loss or a silence the line waits for so long, that everybody who polls as told has shown.</summary>
    public static readonly TimeSpan Gathering = Outlook.LongestPause * 1.5;

    /// <summary>Whoever does not hear of an admission in time is passed by, and keeps the place.</summary>
    public static readonly TimeSpan Hearing = Outlook.LongestPause * 1.5;

    // From the last moment in which a ticket opens an order to the news that it was used.
    static readonly TimeSpan News = TimeSpan.FromSeconds(5);

    // The braces make the sale the hash tag: in a Redis cluster all of its line lives together.
    readonly RedisKey[] keys = [.. LineScripts.Keys.Select(name => (RedisKey)$"line:{{{saleId:n}}}:{name}")];

    /// <param name="list">As Checkout keeps it; null before the draw.</param>
    /// <returns>True when there was no line, and now there is.</returns>
    public async Task<bool> Begin(TicketList? list, bool wasSeen, DateTimeOffset now) => (int)await Run(
        LineScripts.Begin, Millis(now), list?.Sha256 ?? "", list?.Count ?? 0, Millis(list?.ClosedAt ?? now), wasSeen, Millis(now + Gathering)) == 1;

    /// <param name="seen">What this gateway has seen of orders since it last asked; it is added to what the others saw.</param>
    public async Task<LineState> State(Observed seen)
    {
        var answer = (RedisResult[])(await Run(LineScripts.State, seen.Orders, seen.Slow, seen.Busy))!;
        var fields = (RedisValue[])answer[0]!;
        var sale = fields.Chunk(2).ToDictionary(field => (string)field[0]!, field => field[1]);
        if (!sale.ContainsKey("begun"))
            return LineState.Nothing;

        int Number(string name) => sale.TryGetValue(name, out var value) ? (int)value : 0;
        DateTimeOffset? Time(string name) => sale.TryGetValue(name, out var value) ? Instant((long)value) : null;
        DateTimeOffset? Fine(string name) => sale.TryGetValue(name, out var value) ? Draw.Instant((long)value) : null;

        var pace = sale.TryGetValue("pace", out var perSecond)
            ? new Pace(double.Parse((string)perSecond!, CultureInfo.InvariantCulture), Fine("reckoned")!.Value, Fine("paced")!.Value)
            : Pace.Unproven(DateTimeOffset.MinValue);
        return new LineState(
            IsKnown: true, sale.ContainsKey("version"), Number("available"), Number("reserved"), Number("sold"), Number("withdrawn"),
            sale.ContainsKey("closed"), sale.ContainsKey("drawn"), sale.TryGetValue("listHash", out var hash) ? (string?)hash : null,
            Number("listCount"), Time("closed"), Time("lost"), Time("held"),
            (int)answer[1], (int)answer[2], (int)answer[3], (int)answer[4], (long)sale["turn"], pace,
            new Observed(Number("orders"), Number("slow"), Number("busy")));
    }

    /// <param name="network">Where the request comes from; null where that is not counted.</param>
    /// <param name="perSecond">Tickets that are taken in a second, which decides what a place costs.</param>
    /// <param name="proof">Of work that was done for the place.</param>
    public async Task<Taken> Take(
        string holder, DateTimeOffset drawAt, string? network, RoomOptions options, DateTimeOffset now, double perSecond = 0, Proof proof = default)
    {
        var costs = options.SecondsPerPlace * 1_000_000L;
        long InAdvance(long places) => (places - 1) * costs;
        var answer = (RedisResult[])(await Run(
            LineScripts.Take, Draw.Micros(now), holder, Guid.NewGuid().ToString("n"), Draw.Micros(drawAt), network ?? "",
            costs, InAdvance(options.PlacesPerNetwork), InAdvance(Effort.Places(0, perSecond, options)),
            InAdvance(Effort.Places(proof.Bits, perSecond, options)), proof.Bits > 0 ? Draw.Micros(proof.MadeAt) : 0))!;
        return ((string)answer[0]!, (int)answer[2]) switch
        {
            (_, -1) => throw new ServiceDefaults.NotReady("the line of this sale"),
            ("", -2) => new Taken.NeedsWork(Effort.Bits((long.Parse((string)answer[1]!) + costs - 1) / costs, perSecond, options)),
            ("", _) => new Taken.TooMany(Draw.Instant(long.Parse((string)answer[1]!))),
            var (ticket, isNew) => new Taken.Place(
                new Ticket(Guid.ParseExact(ticket, "n"), saleId, holder, Draw.Instant(long.Parse((string)answer[1]!))), isNew == 1),
        };
    }

    public async Task<Found> Look(Ticket ticket, Sale sale, string? listHash, byte[] seed, DateTimeOffset now)
    {
        var id = ticket.Id.ToString("n");
        var onList = ticket.IssuedAt < sale.DrawAt && listHash is not null ? Whole(Draw.PlaceOfDrawn(seed, listHash, id)) : "";
        var answer = (RedisResult[])(await Run(
            LineScripts.Look, id, ticket.Holder, Draw.Micros(ticket.IssuedAt), Millis(now), Draw.Micros(sale.DrawAt),
            onList, Whole(Draw.PlaceOfOther(ticket.IssuedAt, sale.DrawAt)), ticket.AdmittedUntil is { } until ? Millis(until) : 0,
            sale.Rules.AdmissionSeconds * 1000L, (long)News.TotalMilliseconds, EndOf(sale), ticket.Extensions))!;
        var more = long.Parse((string)answer[1]!);
        return (string)answer[0]! switch
        {
            "registered" => new Found(TicketState.Registered),
            "drawing" => new Found(TicketState.Drawing),
            "waiting" => new Found(TicketState.Waiting, Ahead: (int)more),
            "admitted" => new Found(TicketState.Admitted, AdmittedUntil: Instant(more), Extensions: int.Parse((string)answer[2]!)),
            "used" => new Found(TicketState.Used),
            "lapsed" => new Found(TicketState.Lapsed),
            "superseded" => new Found(TicketState.Superseded),
            "lost" => throw new ServiceDefaults.NotReady("the line of this sale"),
            var other => throw new InvalidOperationException($"{other} is no state of a ticket."),
        };
    }

    /// <summary>Puts off the end of an admission, from the one that the ticket tells of.</summary>
    /// <returns>False where there is no more time to be had.</returns>
    public async Task<bool> Extend(Ticket ticket, Sale sale, DateTimeOffset now) => (int)await Run(
        LineScripts.Extend, ticket.Id.ToString("n"), ticket.AdmittedUntil is { } until ? Millis(until) : 0, Millis(now),
        sale.Rules.ExtensionSeconds * 1000L, sale.Rules.Extensions, EndOf(sale), (long)News.TotalMilliseconds) == 1;

    public async Task<bool> Close(DateTimeOffset now) => (int)await Run(LineScripts.Close, Millis(now)) == 1;

    /// <summary>The closed list, in the order in which its tickets were taken.</summary>
    public async Task<string[]> List() => [.. (await InTime(redis.SortedSetRangeByRankAsync(KeyOf("list")))).Select(id => (string)id!)];

    /// <returns>False when there is nothing to draw any more: somebody else has.</returns>
    public async Task<bool> Place(IEnumerable<(string Ticket, double Place)> places) =>
        (int)await Run(LineScripts.Place, [.. places.SelectMany(row => new RedisValue[] { Whole(row.Place), row.Ticket })]) == 1;

    public async Task<bool> Drawn(string listHash, int count, DateTimeOffset now) =>
        (int)await Run(LineScripts.Drawn, listHash, count, Millis(now)) == 1;

    /// <returns>Who was let in; null when another gateway took this turn.</returns>
    public async Task<string[]?> Admit(LineState read, Sale sale, int count, Pace pace, bool isReckoned, DateTimeOffset now)
    {
        var rules = sale.Rules;
        var let = await Run(
            LineScripts.Admit, read.Turn, count, Millis(now), Millis(now - Outlook.Presence), Millis(now + Hearing), rules.Slack, rules.UnitsPerTicket,
            pace.PerSecond.ToString("r", CultureInfo.InvariantCulture), Draw.Micros(pace.AdmittedAt), Draw.Micros(pace.ReckonedAt), isReckoned,
            Millis(sale.OthersFrom));
        return let.IsNull ? null : (string[])let!;
    }

    public Task Hold(LineState read, DateTimeOffset now) => Run(LineScripts.Hold, read.Turn, Millis(now + Gathering), Draw.Micros(now));

    public Task Hear(SaleProgressed news, DateTimeOffset now) => Run(
        LineScripts.Hear,
        [
            news.Version, news.Available, news.Reserved, news.Sold, news.Withdrawn, Millis(now),
            .. news.UsedTickets.Select(ticket => (RedisValue)ticket.ToString("n")),
        ]);

    /// <summary>Everything that moved a ticket, oldest first, a part of it.</summary>
    public async Task<string[]> Journal(long from, int count) =>
        [.. (await InTime(redis.ListRangeAsync(KeyOf("journal"), from, from + count - 1))).Select(entry => (string)entry!)];

    /// <summary>Adds what a gateway has counted to what they all have.</summary>
    public Task Count(IReadOnlyList<KeyValuePair<string, long>> counted) =>
        InTime(Task.WhenAll(counted.Select(one => redis.HashIncrementAsync(KeyOf("figures"), one.Key, one.Value))));

    /// <summary>What all of them have counted.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Figures() =>
        (await InTime(redis.HashGetAllAsync(KeyOf("figures")))).ToDictionary(one => (string)one.Name!, one => (long)one.Value);

    /// <summary>Tickets with the networks that they were taken from; our own house's are not among them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Origins() =>
        (await InTime(redis.HashGetAllAsync(KeyOf("origins")))).ToDictionary(one => (string)one.Name!, one => (string)one.Value!);

    /// <summary>What is left of a sale that ended goes by itself; where its tickets came from, as soon as that was reckoned with.</summary>
    public Task Forget(TimeSpan after, TimeSpan origins) => Task.WhenAll(keys.Select(key => redis.KeyExpireAsync(
        key, key == KeyOf("origins") || key == KeyOf("networks") ? origins : after)));

    RedisKey KeyOf(string name) => keys[Array.IndexOf(LineScripts.Keys, name)];

    Task<RedisResult> Run(string script, params RedisValue[] values) => InTime(redis.ScriptEvaluateAsync(script, keys, values));

    Task<T> InTime<T>(Task<T> answer) => answer.WaitAsync(patience);

    static long EndOf(Sale sale) => sale.ClosesAt is { } end ? Millis(end) : 0;

    static long Millis(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    static DateTimeOffset Instant(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(millis);

    static string Whole(double place) => place.ToString("0", CultureInfo.InvariantCulture);
}

/// <summary>What came of asking for a place.</summary>
public abstract record Taken
{
    /// <param name="IsNew">False where the mailbox had one already.</param>
    public sealed record Place(Ticket Ticket, bool IsNew) : Taken;

    /// <summary>The network has taken many; the next place is to be had then.</summary>
    public sealed record TooMany(DateTimeOffset ComeBackAt) : Taken;

    /// <summary>The next place costs the network work.</summary>
    public sealed record NeedsWork(int Bits) : Taken;
}

/// <summary>Where a ticket stands.</summary>
/// <param name="Ahead">Tickets in the line before it, where it waits.</param>
/// <param name="AdmittedUntil">Where it is admitted.</param>
/// <param name="Extensions">How often that has been put off.</param>
public sealed record Found(TicketState State, int? Ahead = null, DateTimeOffset? AdmittedUntil = null, int Extensions = 0);
