using System.Text.Json.Serialization;
using MiStore.Contracts;
using MiStore.Contracts.Sales;
using MiStore.Contracts.Stock;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>A batch that is sold in turn, as Checkout has told us of it.</summary>
/// <param name="Version">Of the news that it comes from; a higher one replaces it.</param>
/// <param name="ToEverybody">Batches of the same SKU that need no ticket.</param>
public sealed record Sale(
    Guid Id, long Version, string Market, string Sku, DateTimeOffset OpensAt, DateTimeOffset? ClosesAt, Contracts.Sales.WaitingRoom Room,
    IReadOnlyList<BatchAvailability>? ToEverybody = null)
{
    /// <summary>Whether the SKU is to be had without a ticket as well.</summary>
    public bool IsAlsoToEverybody(DateTimeOffset now) => ToEverybody?.Any(batch =>
        batch.OpensAt <= now && !(batch.ClosesAt <= now) && batch.Remaining != Remaining.None) == true;

    public WaitingRoomRules Rules => Room.Rules;

    /// <summary>Who has a ticket by then is in the draw.</summary>
    public DateTimeOffset DrawAt => Rules.RegistrationUntil ?? OpensAt;

    /// <summary>Up to then only tickets of the draw are let in.</summary>
    public DateTimeOffset OthersFrom => OpensAt.AddSeconds(Rules.DrawnOnlySeconds);

    /// <summary>From when on a ticket may be let in, as far as the clock decides it.</summary>
    public DateTimeOffset OpensFor(Ticket ticket) => ticket.IssuedAt < DrawAt ? OpensAt : OthersFrom;

    /// <summary>Where a sale stands, by the clock and by what is left of it.</summary>
    public SalePhase PhaseAt(DateTimeOffset now, LineState line) =>
        now < OpensAt ? SalePhase.Upcoming
        : line is { IsTold: true, Available: 0, Reserved: 0 } ? SalePhase.SoldOut
        : ClosesAt <= now ? SalePhase.Closed
        : line.IsDrawn ? SalePhase.Open : SalePhase.Drawing;
}

[JsonConverter(typeof(KebabCase<SalePhase>))]
public enum SalePhase
{
    /// <summary>It has not begun; who takes a ticket before the list is closed is in the draw.</summary>
    Upcoming,

    /// <summary>The list is closed and the order is being drawn; a moment.</summary>
    Drawing,

    Open,

    /// <summary>Nothing is left and nobody holds anything. Should a unit come back after all, the next in line gets it.</summary>
    SoldOut,

    /// <summary>Its time is over.</summary>
    Closed,
}

/// <summary>The line of a sale in numbers, as Redis has it.</summary>
/// <param name="IsKnown">False where Redis knows nothing of the sale: it is new, or everything was lost.</param>
/// <param name="IsTold">True once Checkout has said how much there is.</param>
/// <param name="ListHash">Of the closed list; null until the draw.</param>
/// <param name="Turn">Counts what ushers did; only who has read the latest turn can take the next.</param>
/// <param name="LostAt">When this line was found to be gone and was begun anew; null where it never was.</param>
/// <param name="HeldUntil">Nobody is let in before: after a loss or a silence everybody gets the time to show.</param>
public sealed record LineState(
    bool IsKnown, bool IsTold, int Available, int Reserved, int Sold, int Withdrawn,
    bool IsClosed, bool IsDrawn, string? ListHash, int ListCount, DateTimeOffset? ListClosedAt, DateTimeOffset? LostAt, DateTimeOffset? HeldUntil,
    int Registered, int Waiting, int Away, int Admitted, long Turn, Pace Pace, Observed Observed)
{
    public static LineState Nothing { get; } = new(
        false, false, 0, 0, 0, 0, false, false, null, 0, null, null, null, 0, 0, 0, 0, 0, Pace.Unproven(DateTimeOffset.MinValue), Observed.Nothing);
}
