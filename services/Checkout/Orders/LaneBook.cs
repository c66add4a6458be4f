using MiStore.Checkout.Stock;
using MiStore.Contracts.Orders;

namespace MiStore.Checkout.Orders;

/// <summary>
/// What one turn of the lane works on: the rows that it concerns, as values. Orders come in the order of their arrival; each sees
/// what those before it took. Nothing here reads or writes a database: the book says what is to be written.
/// </summary>
/// <param name="turn">Its number in the market, where one comes after the other: later news of a batch has a higher one.</param>
/// <param name="batches">Every batch of every SKU concerned.</param>
/// <param name="orders">The existing orders concerned, with the units that each holds.</param>
/// <param name="keys">Idempotency keys of this turn that have already made an order.</param>
/// <param name="held">Units that this turn's customers already hold of those batches.</param>
/// <param name="tickets">Tickets of this turn that have already made an order.</param>
public sealed class LaneBook(
    DateTimeOffset now,
    long turn,
    IEnumerable<Batch> batches,
    IEnumerable<HeldOrder> orders,
    IEnumerable<UsedKey> keys,
    IEnumerable<HeldUnits> held,
    IReadOnlySet<Guid>? tickets = null)
{
    readonly Dictionary<Guid, Batch> batches = batches.ToDictionary(batch => batch.Id);
    readonly Dictionary<Guid, HeldOrder> orders = orders.ToDictionary(order => order.Order.Id);
    readonly Dictionary<string, UsedKey> keys = keys.ToDictionary(key => key.IdempotencyKey);
    readonly Dictionary<(Guid Batch, string Customer), int> held = held.ToDictionary(units => (units.BatchId, units.Customer), units => units.Units);

    readonly HashSet<(Guid Batch, string Customer)> counted = [.. held.Select(units => (units.BatchId, units.Customer))];

    readonly Dictionary<Guid, Batch> before = batches.ToDictionary(batch => batch.Id);
    readonly HashSet<Guid> changedOrders = [];
    readonly IReadOnlySet<Guid> usedBefore = tickets ?? new HashSet<Guid>();
    readonly HashSet<string> gaveBack = [];
    bool refused;

    /// <summary>The one instant by which all of the turn is decided and written.</summary>
    public DateTimeOffset Now => now;

    public long Turn => turn;

    /// <summary>The batches concerned, as they are now.</summary>
    public IReadOnlyCollection<Batch> Batches => batches.Values;

    /// <summary>The existing orders concerned, as they are now.</summary>
    public IReadOnlyCollection<HeldOrder> Orders => orders.Values;

    /// <summary>Orders to insert.</summary>
    public List<PlacedOrder> Placed { get; } = [];

    /// <summary>Ledger entries to append.</summary>
    public List<StockEntry> Entries { get; } = [];

    /// <summary>Counts that were known before the turn.</summary>
    public IReadOnlyList<HeldUnits> HeldBefore { get; } = [.. held];

    /// <summary>How the customers' counts change.</summary>
    public Dictionary<(Guid Batch, string Customer), int> HeldChanges { get; } = [];

    /// <summary>True where the customer has a count of that batch already; false only where the turn has looked for one in vain.</summary>
    public bool IsCounted((Guid Batch, string Customer) count) => HeldChanges[count] < 0 || counted.Contains(count);

    /// <summary>Tickets that are used by now, each with the order that it made.</summary>
    public Dictionary<Guid, (Guid Batch, Guid Order)> UsedTickets { get; } = [];

    /// <summary>What has become of orders, as others are told of it.</summary>
    public List<object> OrderFacts { get; } = [];

    /// <summary>Existing orders to update.</summary>
    public IReadOnlyList<Order> ChangedOrders => [.. changedOrders.Select(id => orders[id].Order)];

    /// <summary>Batches to update, as they were and as they are.</summary>
    public IReadOnlyList<(Batch Before, Batch After)> ChangedBatches =>
        [.. batches.Values.Where(batch => before[batch.Id] != batch).Select(batch => (before[batch.Id], batch))];

    /// <summary>True when there is nothing to commit.</summary>
    public bool IsEmpty => Placed.Count == 0 && changedOrders.Count == 0;

    /// <summary>
    /// True where the database refuses to write this turn if one of its keys or tickets had been used, or one of its customers been
    /// counted, without the book having known: each of them is written as new, under a unique key. A refusal writes nothing that could
    /// be refused, and neither does a count that goes up and down again.
    /// </summary>
    public bool IsSure => !refused && Placed.TrueForAll(placed =>
        (placed.Placement.Ticket is not { } ticket || UsedTickets.ContainsKey(ticket.Id)) && !placed.Placement.CustomerKeys.Any(gaveBack.Contains));

    /// <summary>Gives an order all the units it wants, or none of them and the reason.</summary>
    public PlacementResult Place(Placement placement)
    {
        if (keys.TryGetValue(placement.IdempotencyKey, out var used))
            return used.RequestHash.AsSpan().SequenceEqual(placement.RequestHash)
                ? new PlacementResult.Replayed(used.OrderId)
                : new PlacementResult.KeyReused();

        var taken = new List<(Guid Batch, int Units)>();
        if (Refuse(placement, taken) is { } refusal)
        {
            refused = true;
            return refusal;
        }

        foreach (var (batch, units) in taken)
            Move(placement.OrderId, batch, Movement.Reserved, units, placement.CustomerKeys);

        keys[placement.IdempotencyKey] = new UsedKey(placement.IdempotencyKey, placement.OrderId, placement.RequestHash);
        if (placement.Ticket is { } spent && taken.Exists(units => units.Batch == spent.SaleId))
            UsedTickets.Add(spent.Id, (spent.SaleId, placement.OrderId));
        // The intent to ask for the money is committed with the units: one turn instead of two until the provider can be called.
        Placed.Add(new PlacedOrder(placement, placement.ToOrder().On(new OrderFact.PaymentStarted(), now).Order, taken));
        var quote = placement.Quote;
        OrderFacts.Add(new OrderPlaced(
            placement.OrderId, placement.Number, quote.Market, quote.Total, placement.CartId, placement.ReservedUntil,
            [.. quote.Lines.Select(line => new OrderedLine(line.Sku, line.Quantity))]));
        return new PlacementResult.Reserved();
    }

    /// <summary>Lets an order hear something; null when there is no such order.</summary>
    public Step? Advance(Guid orderId, OrderFact fact)
    {
        if (!orders.TryGetValue(orderId, out var known))
            return null;

        var step = known.Order.On(fact, now);
        if (step.Order == known.Order)
            return step;

        if (step.Movement is { } movement)
            foreach (var (batch, units) in known.Units)
                Move(orderId, batch, movement, units, known.CustomerKeys);

        orders[orderId] = known with { Order = step.Order };
        changedOrders.Add(orderId);
        OrderFacts.AddRange(step.Messages);
        return step;
    }

    /// <summary>What others are told of the turn. Of its orders in one message: written, carried and heard once, however many they are.</summary>
    public IReadOnlyCollection<object> News(string market) => OrderFacts.Count == 0
        ? [.. AvailabilityNews(), .. SaleNews()]
        : [OrdersProgressed.Of(market, OrderFacts), .. AvailabilityNews(), .. SaleNews()];

    // Of what is left, for each SKU of which a batch has come into another band.
    IEnumerable<object> AvailabilityNews() => ChangedBatches
        .Where(change => change.Before.Remaining != change.After.Remaining)
        .Select(change => (change.After.Market, change.After.Sku))
        .Distinct()
        .Select(sku => Availability.Of(
            sku.Market, sku.Sku, turn, batches.Values.Where(batch => (batch.Market, batch.Sku) == sku)));

    // For the waiting room, one for each of its sales that this turn has moved.
    IEnumerable<object> SaleNews() => ChangedBatches
        .Where(change => change.After.WaitingRoom is not null)
        .Select(change => change.After.Progress(
            turn, [.. UsedTickets.Where(ticket => ticket.Value.Batch == change.After.Id).Select(ticket => ticket.Key)]));

    PlacementResult? Refuse(Placement placement, List<(Guid Batch, int Units)> taken)
    {
        if (placement.Ticket is { } ticket && (usedBefore.Contains(ticket.Id) || UsedTickets.ContainsKey(ticket.Id)))
            return new PlacementResult.TicketUsed(ticket.SaleId);

        foreach (var wanted in placement.Wanted)
            if (Take(placement, wanted, taken) is { } refusal)
                return refusal;
        return null;
    }

    // From the batch that opened first, and on to the next; a batch gives a customer no more than its limit. One that is
    // sold in turn is open to who has its ticket, and to them it is the first.
    PlacementResult? Take(Placement placement, WantedUnits wanted, List<(Guid Batch, int Units)> taken)
    {
        var all = batches.Values.Where(batch => batch.Market == placement.Quote.Market && batch.Sku == wanted.Sku).ToList();
        var onSale = all.Where(batch => batch.IsOpenAt(now)).OrderBy(batch => batch.OpensAt).ThenBy(batch => batch.Id).ToList();
        var ticketFor = placement.Ticket?.SaleId;
        var open = onSale.Where(batch => batch.WaitingRoom is null || batch.Id == ticketFor).OrderByDescending(batch => batch.Id == ticketFor).ToList();
        var nextOpening = all.Where(batch => batch.OpensAt > now).Select(batch => (DateTimeOffset?)batch.OpensAt).Min();

        var missing = wanted.Units;
        int? narrowestLimit = null;
        foreach (var batch in open)
        {
            var limit = Narrower(batch.LimitPerCustomer, wanted.LimitPerCustomer);
            var allowed = limit is null ? int.MaxValue : Math.Max(0, limit.Value - Held(batch.Id, placement.CustomerKeys));
            if (batch.WaitingRoom is { } room && room.UnitsPerTicket < allowed)
                (limit, allowed) = (Narrower(limit, room.UnitsPerTicket), room.UnitsPerTicket);
            var units = Math.Min(missing, Math.Min(batch.Available, allowed));
            if (allowed < Math.Min(missing, batch.Available))
                narrowestLimit = Narrower(narrowestLimit, limit);
            if (units > 0)
                taken.Add((batch.Id, units));
            if ((missing -= units) == 0)
                return null;
        }

        if (narrowestLimit is { } exceeded)
            return new PlacementResult.LimitExceeded(wanted.Sku, exceeded);

        if (onSale.Find(batch => batch.Available > 0 && !open.Contains(batch)) is { } inTurn)
            return new PlacementResult.TicketRequired(wanted.Sku, inTurn.Id);

        // Sold out is only said of what the ledger had and has no more; closed with units left is not sold out.
        var left = open.Sum(batch => batch.Available);
        return onSale.Count == 0 && (all.Count == 0 || all.Exists(batch => batch.Available > 0))
            ? new PlacementResult.NotYetOpen(wanted.Sku, nextOpening)
            : new PlacementResult.SoldOut(wanted.Sku, left, nextOpening);
    }

    int Held(Guid batch, IReadOnlyList<string> customer) => customer.Max(key => held.GetValueOrDefault((batch, key)));

    void Move(Guid orderId, Guid batchId, Movement movement, int units, IReadOnlyList<string> customer)
    {
        batches[batchId] = batches[batchId].After(movement, units);
        Entries.Add(new StockEntry(batchId, orderId, movement, units));

        var change = movement switch
        {
            Movement.Reserved => units,
            Movement.Returned or Movement.Restocked => -units,
            _ => 0,
        };
        if (change == 0)
            return;
        if (change < 0)
            gaveBack.UnionWith(customer);

        foreach (var key in customer)
        {
            held[(batchId, key)] = held.GetValueOrDefault((batchId, key)) + change;
            HeldChanges[(batchId, key)] = HeldChanges.GetValueOrDefault((batchId, key)) + change;
        }
    }

    static int? Narrower(int? a, int? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}

/// <summary>One line of the ledger.</summary>
public sealed record StockEntry(Guid BatchId, Guid OrderId, Movement Movement, int Units);

/// <summary>An existing order with the units that were reserved for it.</summary>
public sealed record HeldOrder(Order Order, IReadOnlyList<string> CustomerKeys, IReadOnlyList<(Guid Batch, int Units)> Units);

public sealed record UsedKey(string IdempotencyKey, Guid OrderId, byte[] RequestHash);

public sealed record HeldUnits(Guid BatchId, string Customer, int Units);
