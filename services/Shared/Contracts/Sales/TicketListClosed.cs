namespace MiStore.Contracts.Sales;

/// <summary>
/// The waiting room has closed the list of a draw. Checkout keeps the first that it hears of a sale, so that the hash is
/// known to another service than the one that draws, and outlives its memory.
/// </summary>
public sealed record TicketListClosed(Guid SaleId, TicketList Tickets);
