using MiStore.Checkout.Inputs;

namespace MiStore.Replay;

/// <summary>Is what was played what was recorded?</summary>
/// <param name="Winners">Null where the same orders took and gave back the same units in the same order, at the same instants; else the first difference.</param>
/// <param name="Balances">Null where each batch has the same four numbers; else the first difference.</param>
/// <param name="Refusals">Null where the same orders were refused for the same reasons; else the first difference.</param>
public sealed record Comparison(string? Winners, string? Balances, string? Refusals)
{
    public bool IsSame => Winners is null && Balances is null && Refusals is null;

    public static Comparison Of(Recording recorded, Played played) => new(
        recorded.Sale.Batches.Select(batch => FirstOf(batch, recorded.Entries, played.Entries)).FirstOrDefault(it => it is not null),
        recorded.Sale.Batches.Select(batch => FirstOf(batch, played.Balances)).FirstOrDefault(it => it is not null),
        recorded.Arrivals.Select(arrival => FirstOf(arrival, played.Refusals)).FirstOrDefault(it => it is not null));

    // Batch by batch: entries of two that share nothing may have been written in either order.
    static string? FirstOf(RecordedBatch batch, IReadOnlyList<RecordedEntry> recorded, IReadOnlyList<RecordedEntry> played)
    {
        var (then, now) = (recorded.Where(entry => entry.Batch == batch.Id).ToList(), played.Where(entry => entry.Batch == batch.Id).ToList());
        for (var i = 0; i < Math.Max(then.Count, now.Count); i++)
            if (then.ElementAtOrDefault(i) is var was && now.ElementAtOrDefault(i) is var @is && was != @is)
                return $"entry {i + 1} of batch {batch.Id} was {Words(was)}, and played it is {Words(@is)}";
        return null;
    }

    static string? FirstOf(RecordedBatch batch, IReadOnlyDictionary<Guid, Balance> played)
    {
        var was = new Balance(batch.Available, batch.Reserved, batch.Sold, batch.Withdrawn);
        var now = played.GetValueOrDefault(batch.Id);
        return was == now ? null : $"batch {batch.Id} was {Words(was)}, and played it is {Words(now)}";
    }

    static string? FirstOf(Input arrival, IReadOnlyDictionary<Guid, string> refusals)
    {
        var now = refusals.GetValueOrDefault(arrival.Order!.Value);
        return arrival.Refused == now ? null : $"order {arrival.Order} was {arrival.Refused ?? "given its units"}, and played it is {now ?? "given its units"}";
    }

    static string Words(RecordedEntry? entry) =>
        entry is null ? "not there" : $"{entry.Movement} {entry.Units} {(entry.Order is { } order ? $"for order {order} " : "")}at {entry.At:O}";

    static string Words(Balance? balance) => balance is null
        ? "not there"
        : $"{balance.Available} to order, {balance.Reserved} held, {balance.Sold} sold, {balance.Withdrawn} withdrawn";
}

/// <summary>How a batch's sale went for its customers.</summary>
/// <param name="Orders">Orders that hold units or are paid at the end.</param>
/// <param name="Served">Customers with such an order; a customer is who shares the first key that limits count by.</param>
/// <param name="Refused">Orders refused, by the code that they heard.</param>
public sealed record Result(
    IReadOnlySet<Guid> Orders, IReadOnlySet<string> Served, int Units, Balance Balance, IReadOnlyDictionary<string, int> Refused)
{
    public static Result AsItWas(Recording recorded) => Of(
        recorded, recorded.Entries, new Balance(recorded.Batch.Available, recorded.Batch.Reserved, recorded.Batch.Sold, recorded.Batch.Withdrawn),
        recorded.Arrivals.Where(arrival => arrival.Refused is not null).Select(arrival => arrival.Refused!));

    public static Result AsPlayed(Recording recorded, Played played) =>
        Of(recorded, played.Entries, played.Balances[recorded.Batch.Id], played.Refusals.Values);

    static Result Of(Recording recorded, IReadOnlyList<RecordedEntry> entries, Balance balance, IEnumerable<string> refusals)
    {
        var held = new Dictionary<Guid, int>();
        foreach (var entry in entries.Where(entry => entry.Batch == recorded.Batch.Id))
            if (entry.Order is { } order)
                held[order] = held.GetValueOrDefault(order) + entry.Movement switch { "reserved" => entry.Units, "returned" or "restocked" => -entry.Units, _ => 0 };

        var orders = held.Where(order => order.Value > 0).Select(order => order.Key).ToHashSet();
        return new Result(
            orders,
            recorded.Arrivals.Where(arrival => orders.Contains(arrival.Order!.Value)).Select(arrival => arrival.By!.Customer[0]).ToHashSet(),
            held.Values.Sum(), balance, refusals.CountBy(code => code).ToDictionary());
    }
}
