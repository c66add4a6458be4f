using System.Text.Json.Serialization;
using MiStore.Checkout.Stock;
using MiStore.Contracts;

namespace MiStore.Checkout.Receipts;

/// <summary>
/// What became of a batch, for everybody: all of it reckoned from the ledger's entries, nothing of it typed in. Whatever is said of
/// the sale elsewhere may quote these figures. It names no order and no customer.
/// </summary>
/// <param name="Format">1. Another number is read by another version.</param>
/// <param name="Batch">Its id; of a batch with a waiting room also the sale's.</param>
/// <param name="AnnouncedAt">The batch was released: from then on its number of units could be checked.</param>
/// <param name="OpenedAt">From then on it could be bought: as planned, or at its release where that was later.</param>
/// <param name="ClosesAt">As planned; null where nothing was.</param>
/// <param name="Ending">Why nothing of it is sold any more.</param>
/// <param name="Announced">Units that were released. Sold + unsold, always.</param>
/// <param name="Sold">Units that were paid for and not given back.</param>
/// <param name="Unsold">All others: left over at the close, or withdrawn.</param>
/// <param name="Withdrawn">Those of the unsold that an operator took back.</param>
/// <param name="Returned">How often a unit was held for an order that came to nothing, and went back on sale.</param>
/// <param name="Cancelled">How often a unit was paid for, given back before it was packed, and went back on sale.</param>
/// <param name="FirstSoldOutAt">The first moment with nothing left to order; units may have come back later. Null if never.</param>
/// <param name="SoldOutAt">From then on there was nothing left to order. Null where units stayed unsold.</param>
/// <param name="SecondsToSellOut">From <paramref name="OpenedAt"/> to <paramref name="SoldOutAt"/>.</param>
/// <param name="Entries">Of the ledger, that this was made of. Of two receipts of a batch the one with more is the later.</param>
/// <param name="AsOf">When the last of them was written, or the batch closed.</param>
public sealed record Receipt(
    int Format, Guid Batch, string Market, string Sku, DateTimeOffset AnnouncedAt, DateTimeOffset OpenedAt, DateTimeOffset? ClosesAt,
    Ending Ending, long Announced, long Sold, long Unsold, long Withdrawn, long Returned, long Cancelled,
    DateTimeOffset? FirstSoldOutAt, DateTimeOffset? SoldOutAt, double? SecondsToSellOut, long Entries, DateTimeOffset AsOf)
{
    public const int CurrentFormat = 1;

    /// <summary>Nobody holds a unit that is not paid for, and there is none to order.</summary>
    public static bool HasEnded(Batch batch, DateTimeOffset now) =>
        batch.Reserved == 0 && (batch.Available == 0 || batch.ClosesAt <= now);

    /// <summary>Null where the entries do not make what the batch says of itself: nobody is to sign that.</summary>
    /// <param name="batch">One that has ended.</param>
    public static Receipt? Of(Batch batch, BatchEntries entries)
    {
        var sold = entries.Sold - entries.Restocked;
        var reserved = entries.Reserved - entries.Returned - entries.Sold;
        if ((entries.Released, reserved, sold, entries.Withdrawn) != (batch.Quantity, batch.Reserved, batch.Sold, batch.Withdrawn))
            return null;

        var openedAt = Later(batch.OpensAt, entries.FirstAt);
        var unsold = entries.Released - sold;
        var soldOutAt = unsold == 0 ? entries.SoldOutAt : null;
        return new Receipt(
            CurrentFormat, batch.Id, batch.Market, batch.Sku, entries.FirstAt, openedAt, batch.ClosesAt,
            unsold == 0 ? Ending.SoldOut : batch.Available == 0 ? Ending.Withdrawn : Ending.Closed,
            entries.Released, sold, unsold, entries.Withdrawn, entries.Returned, entries.Restocked,
            entries.FirstSoldOutAt, soldOutAt, (soldOutAt - openedAt)?.TotalSeconds, entries.Count,
            batch.Available == 0 ? entries.LastAt : Later(entries.LastAt, batch.ClosesAt!.Value));
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>Why a batch is no longer sold.</summary>
[JsonConverter(typeof(KebabCase<Ending>))]
public enum Ending
{
    /// <summary>Every unit of it is paid for.</summary>
    SoldOut,

    /// <summary>Its time was over.</summary>
    Closed,

    /// <summary>An operator took back what was left.</summary>
    Withdrawn,
}
