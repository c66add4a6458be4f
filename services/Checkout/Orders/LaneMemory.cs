using MiStore.Checkout.Stock;
using static MiStore.Checkout.Orders.OrderLane;

namespace MiStore.Checkout.Orders;

/// <summary>
/// What a lane knows of its market from the turns that it has taken: batches, orders that wait for their payment, what customers hold,
/// and the keys and tickets that were used. It holds as long as nobody else takes a turn, and nobody does without its number: where the
/// next one is still free, nothing has changed. Keys, tickets and customers that it has not met may be known to the database all the
/// same; they are supposed to be new, and where they are not, the unique keys refuse the turn.
/// </summary>
sealed class LaneMemory
{
    /// <summary>Beyond so many orders, or counts or keys, it begins anew: an order takes about a kilobyte, the others a tenth.</summary>
    const int MostOrders = 10_000, MostOthers = 50_000;

    /// <summary>Turns that are read after one that had better been: who has been there before is seldom alone.</summary>
    const int ReadAfterError = 8;

    readonly Dictionary<string, Batch[]> batches = []; // by SKU, and of a SKU all of them
    readonly Dictionary<Guid, string> skuOf = []; // of a batch
    readonly Dictionary<Guid, HeldOrder> orders = [];
    readonly Dictionary<(Guid Batch, string Customer), int> held = [];
    readonly Dictionary<string, UsedKey> keys = [];
    readonly HashSet<Guid> tickets = [];
    long turn;
    bool isAlone;
    int toBeRead;

    /// <summary>Of the turn after which all of this is so.</summary>
    public Guid Token { get; private set; }

    /// <returns>Null where too little is known, or others take turns too: then it has to be read.</returns>
    public LaneBook? Recall(IReadOnlyList<Entry> entries, DateTimeOffset now)
    {
        if (!isAlone || toBeRead > 0)
        {
            toBeRead = Math.Max(0, toBeRead - 1);
            return null;
        }

        var skus = new HashSet<string>();
        var customers = new HashSet<string>();
        var used = new Dictionary<string, UsedKey>();
        var concerned = new Dictionary<Guid, HeldOrder>();
        foreach (var entry in entries)
            switch (entry)
            {
                case Entry.New { Placement: var placement }:
                    skus.UnionWith(placement.Wanted.Select(wanted => wanted.Sku));
                    customers.UnionWith(placement.CustomerKeys);
                    if (keys.TryGetValue(placement.IdempotencyKey, out var key))
                        used[placement.IdempotencyKey] = key;
                    break;
                case Entry.Existing existing when orders.TryGetValue(existing.OrderId, out var order):
                    skus.UnionWith(order.Units.Select(units => skuOf[units.Batch]));
                    concerned[existing.OrderId] = order;
                    break;
                default:
                    return null;
            }

        if (!skus.All(batches.ContainsKey))
            return null;

        Batch[] all = [.. skus.SelectMany(sku => batches[sku])];
        var counts =
            from batch in all
            from customer in customers
            where held.ContainsKey((batch.Id, customer))
            select new HeldUnits(batch.Id, customer, held[(batch.Id, customer)]);
        return new LaneBook(now, turn + 1, all, concerned.Values, used.Values, counts, tickets);
    }

    /// <summary>Keeps what a turn leaves behind. Where it turns out not to be committed, all of it is to be doubted.</summary>
    /// <param name="token">The turn's own.</param>
    public void Keep(LaneBook book, Guid token)
    {
        Token = token;
        isAlone = book.Turn == turn + 1;
        if (!isAlone || orders.Count > MostOrders || held.Count > MostOthers || keys.Count > MostOthers)
            Forget();

        turn = book.Turn;
        foreach (var sku in book.Batches.GroupBy(batch => batch.Sku))
            batches[sku.Key] = [.. sku];
        foreach (var batch in book.Batches)
            skuOf[batch.Id] = batch.Sku;

        foreach (var order in book.Orders)
            if (order.Order.IsOpen)
                orders[order.Order.Id] = order;
            else
                orders.Remove(order.Order.Id);
        foreach (var (placement, order, units) in book.Placed)
        {
            orders[order.Id] = new HeldOrder(order, placement.CustomerKeys, units);
            keys[placement.IdempotencyKey] = new UsedKey(placement.IdempotencyKey, order.Id, placement.RequestHash);
        }

        tickets.UnionWith(book.UsedTickets.Keys);

        foreach (var (batch, customer, units) in book.HeldBefore)
            held[(batch, customer)] = units;
        // Who gives units back may have been counted long ago, and how often is not known then; who takes some was counted just now.
        foreach (var (count, change) in book.HeldChanges)
            if (held.TryGetValue(count, out var before))
                held[count] = before + change;
            else if (change > 0)
                held[count] = change;
    }

    /// <summary>Something was not as it was supposed to be, or nobody knows how a turn has ended.</summary>
    public void Doubt()
    {
        Forget();
        isAlone = false;
        turn = -1;
        toBeRead = ReadAfterError;
    }

    void Forget()
    {
        batches.Clear();
        skuOf.Clear();
        orders.Clear();
        held.Clear();
        keys.Clear();
        tickets.Clear();
    }
}
