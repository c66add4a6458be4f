using MiStore.Contracts.Sales;
using MiStore.Contracts.Stock;

namespace MiStore.Checkout.Stock;

/// <summary>
/// A counted release of units of one SKU in one market. Available + reserved + sold + withdrawn = quantity, always.
/// </summary>
/// <param name="LimitPerCustomer">Units one customer may hold of this batch over its life; null is no limit of its own.</param>
/// <param name="WaitingRoom">How it is sold in turn; null where the first to order are served.</param>
/// <param name="TicketList">What the draw was made of, once the gateway has said so.</param>
public sealed record Batch(
    Guid Id, string Market, string Sku, int Quantity, DateTimeOffset OpensAt, DateTimeOffset? ClosesAt, int? LimitPerCustomer,
    int Available, int Reserved, int Sold, int Withdrawn, WaitingRoomRules? WaitingRoom = null, TicketList? TicketList = null)
{
    /// <summary>The columns of the record, in its order.</summary>
    public const string Columns =
        "id, market, sku, quantity, opens_at, closes_at, limit_per_customer, available, reserved, sold, withdrawn, waiting_room, ticket_list";

    public bool IsOpenAt(DateTimeOffset now) => OpensAt <= now && (ClosesAt is null || ClosesAt > now);

    /// <summary>Few is a tenth of the batch or less.</summary>
    public Remaining Remaining => Available == 0 ? Remaining.None : Available * 10L <= Quantity ? Remaining.Few : Remaining.Many;

    /// <summary>As others are told of it, where it is sold in turn.</summary>
    public WaitingRoom? Room => WaitingRoom is null ? null : new WaitingRoom(Id, Quantity, WaitingRoom, TicketList);

    public Batch After(Movement movement, int units) => movement switch
    {
        Movement.Reserved => this with { Available = Available - units, Reserved = Reserved + units },
        Movement.Returned => this with { Available = Available + units, Reserved = Reserved - units },
        Movement.Sold => this with { Reserved = Reserved - units, Sold = Sold + units },
        Movement.Restocked => this with { Sold = Sold - units, Available = Available + units },
        Movement.Withdrawn => this with { Available = Available - units, Withdrawn = Withdrawn + units },
        _ => throw new ArgumentOutOfRangeException(nameof(movement)),
    };
}

/// <summary>News of what is left, made from all of a SKU's batches in a turn of their market.</summary>
public static class Availability
{
    public static AvailabilityChanged Of(string market, string sku, long version, IEnumerable<Batch> batches) => new(
        market, sku, version,
        [.. batches.OrderBy(batch => batch.OpensAt).ThenBy(batch => batch.Id)
            .Select(batch => new BatchAvailability(batch.OpensAt, batch.ClosesAt, batch.Remaining, batch.Room))]);

    /// <summary>News of a sale that is held in turn.</summary>
    public static SaleProgressed Progress(this Batch batch, long version, IReadOnlyList<Guid> usedTickets) => new(
        batch.Id, version, batch.Available, batch.Reserved, batch.Sold, batch.Withdrawn, usedTickets);
}
