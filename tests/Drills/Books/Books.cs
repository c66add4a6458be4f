using MiStore.Drills.Selling;

namespace MiStore.Drills.Books;

/// <summary>One order as it stands in Checkout's tables.</summary>
/// <param name="Total">In cents.</param>
public sealed record LedgerOrder(Guid Id, string Email, string Status, string Funds, long Total, int Units)
{
    public bool HoldsUnits => Status is "reserved" or "paying" || IsPaid;

    public bool IsPaid => Status is "paid" or "packed" or "shipped" or "delivered";
}

/// <summary>One payment in the provider's book, in cents.</summary>
public sealed record Payment(string Id, Guid? OrderId, long Captured, long Refunded);

/// <summary>What waits or died on its way between services.</summary>
/// <param name="Where">A queue, or a database's outbox.</param>
public sealed record Stuck(string Where, long Count);

/// <summary>What the store's own audit says.</summary>
public sealed record AuditAnswer(bool Clean, IReadOnlyList<string> Differences);

/// <summary>The four books side by side, and the store's opinion of its own.</summary>
/// <param name="Released">Units that the drill put on sale. Nobody else's number is believed.</param>
/// <param name="EntriesHeld">Units that the ledger's entries say are reserved or sold.</param>
public sealed record FourBooks(
    int Released,
    IReadOnlyList<Attempt> Clients,
    IReadOnlyList<Trouble> Troubles,
    IReadOnlyList<LedgerOrder> Orders,
    long EntriesHeld,
    IReadOnlyList<Payment> Payments,
    IReadOnlyList<Stuck> Stuck,
    AuditAnswer Audit);
