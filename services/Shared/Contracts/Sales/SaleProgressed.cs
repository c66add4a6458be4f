namespace MiStore.Contracts.Sales;

/// <summary>
/// How far a sale with a waiting room has come. Its numbers replace any of a lower version; the tickets are news in any
/// case.
/// </summary>
/// <param name="Available">Units that nobody holds.</param>
/// <param name="UsedTickets">Tickets that have made an order since the version before; of a replay, the latest ones.</param>
public sealed record SaleProgressed(
    Guid SaleId, long Version, int Available, int Reserved, int Sold, int Withdrawn, IReadOnlyList<Guid> UsedTickets);
