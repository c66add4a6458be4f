using MiStore.Drills.Selling;

namespace MiStore.Drills.Books;

/// <summary>One line of a verdict: something that has to be nought.</summary>
/// <param name="Detail">The first few cases, for whoever has to look.</param>
public sealed record Finding(string Name, long Count, string Detail = "")
{
    public bool IsGood => Count == 0;
}

/// <summary>What the four books say together. Pure, so that a wrong verdict can be argued about with a test.</summary>
public static class Verdict
{
    public const string
        Oversold = "oversold units",
        Lost = "acknowledged orders lost",
        DoubleOrders = "double orders",
        Phantoms = "refused, yet ordered",
        DoubleCharges = "double charges",
        ChargesWithoutOrder = "charges without order",
        OrdersWithoutCharge = "paid orders without charge",
        Unresolved = "attempts without an answer",
        Unexpected = "refusals other than sold-out",
        Faults = "answers 500",
        Unsettled = "orders not settled in time",
        Undelivered = "messages stuck",
        DoubleEffects = "messages without an effect, or with two",
        Audit = "differences in the audit";

    public static IReadOnlyList<Finding> Of(FourBooks books)
    {
        var orders = books.Orders.ToDictionary(order => order.Id);
        var attempts = books.Clients.ToDictionary(attempt => attempt.Email);
        var acknowledged = books.Clients.Where(attempt => attempt.Ending == Ending.Acknowledged).ToList();
        var byOrder = books.Payments.Where(payment => payment.OrderId is not null).ToLookup(payment => payment.OrderId!.Value);

        return
        [
            OversoldOf(books, orders, acknowledged),
            Cases(Lost, acknowledged
                .Where(attempt => !orders.TryGetValue(attempt.OrderId, out var order) || order.Total != attempt.Total || order.Email != attempt.Email)
                .Select(attempt => $"{attempt.OrderId} of {attempt.Email}")),
            Cases(DoubleOrders,
            [
                // One attempt, one order: counted by e-mail, which only the client chose.
                .. books.Orders.GroupBy(order => order.Email).SelectMany(same => same.Skip(1)).Select(order => $"{order.Id} of {order.Email}"),
                .. books.Clients.Where(attempt => attempt.Contradictions > 0).Select(attempt => $"{attempt.Key} was given two answers"),
                .. books.Orders.Where(order => !attempts.ContainsKey(order.Email)).Select(order => $"{order.Id} of nobody"),
            ]),
            Cases(Phantoms, books.Orders
                .Where(order => attempts.TryGetValue(order.Email, out var attempt) && attempt.Ending == Ending.Refused)
                .Select(order => $"{order.Id} of {order.Email}")),
            Cases(DoubleCharges,
            [
                .. byOrder.SelectMany(same => same.Where(payment => payment.Captured > 0).Skip(1)).Select(payment => $"{payment.Id} for {payment.OrderId}"),
                .. books.Payments.Where(payment => payment.Refunded > payment.Captured).Select(payment => $"{payment.Id} gave back too much"),
            ]),
            Cases(ChargesWithoutOrder, books.Payments
                .Where(payment => payment.Captured > payment.Refunded
                    && !(payment.OrderId is { } id && orders.TryGetValue(id, out var order) && order.IsPaid))
                .Select(payment => $"{payment.Id} for {payment.OrderId}")),
            Cases(OrdersWithoutCharge, books.Orders
                .Where(order => order.IsPaid && byOrder[order.Id].Sum(payment => payment.Captured - payment.Refunded) != order.Total)
                .Select(order => order.Id.ToString())),
            Cases(Unresolved, books.Clients.Where(attempt => attempt.Ending == Ending.Unresolved).Select(attempt => attempt.Key)),
            Cases(Unexpected, books.Clients
                .Where(attempt => attempt is { Ending: Ending.Refused, Code: not "sold-out" })
                .Select(attempt => $"{attempt.Key}: {attempt.Code}")),
            Cases(Faults, books.Troubles
                .Where(trouble => trouble is { Status: 500 } or { Status: > 500, Code: not ("service-unavailable" or "busy") })
                .Select(trouble => $"{trouble.Status} {trouble.Code}")),
            Cases(Unsettled, books.Orders
                .Where(order => order.Status is "reserved" or "paying" || order.Funds is "asked" or "refunddue")
                .Select(order => $"{order.Id} is {order.Status}, its money {order.Funds}")),
            new Finding(Undelivered, books.Stuck.Sum(stuck => stuck.Count), string.Join(", ", books.Stuck.Select(stuck => $"{stuck.Where}: {stuck.Count}"))),
            Cases(Audit, books.Audit.Clean ? [] : books.Audit.Differences.DefaultIfEmpty("it says so without naming one")),
        ];
    }

    // Each book has its own idea of how much was sold; the largest counts.
    static Finding OversoldOf(FourBooks books, Dictionary<Guid, LedgerOrder> orders, List<Attempt> acknowledged)
    {
        var byOrders = books.Orders.Where(order => order.HoldsUnits).Sum(order => (long)order.Units);
        var byClients = acknowledged.Sum(attempt => orders.TryGetValue(attempt.OrderId, out var order) && !order.HoldsUnits ? 0 : 1L);
        var byProvider = books.Payments.Count(payment => payment.Captured > payment.Refunded);
        var most = new[] { byOrders, byClients, byProvider, books.EntriesHeld }.Max();
        return new Finding(
            Oversold, Math.Max(0, most - books.Released),
            $"{books.Released} on sale; held by orders {byOrders}, by entries {books.EntriesHeld}, by clients {byClients}, by charges {byProvider}");
    }

    static Finding Cases(string name, IEnumerable<string> cases)
    {
        var all = cases.ToList();
        return new Finding(name, all.Count, string.Join("; ", all.Take(3)));
    }
}
