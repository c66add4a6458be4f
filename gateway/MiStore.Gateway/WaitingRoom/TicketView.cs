using System.Text.Json.Serialization;
using MiStore.Contracts;
using MiStore.Contracts.Sales;

namespace MiStore.Gateway.WaitingRoom;

[JsonConverter(typeof(KebabCase<TicketState>))]
public enum TicketState
{
    /// <summary>In the draw, which has not been held.</summary>
    Registered,

    /// <summary>The list is closed and the order is being drawn; a moment.</summary>
    Drawing,

    /// <summary>In the line.</summary>
    Waiting,

    /// <summary>It is this ticket's turn: it opens POST /api/orders.</summary>
    Admitted,

    /// <summary>It has made its order.</summary>
    Used,

    /// <summary>It was admitted and made no order in time. A new one may be taken.</summary>
    Lapsed,

    /// <summary>The mailbox has taken another one since, while this one was lost.</summary>
    Superseded,

    /// <summary>Nothing is left, and nobody holds anything that could come back.</summary>
    SoldOut,

    /// <summary>The sale is over.</summary>
    Closed,
}

/// <summary>A ticket as its holder sees it.</summary>
/// <param name="Final">Nothing more will come of this ticket; there is no need to ask again.</param>
/// <param name="Ticket">To be sent in the header Sale-Ticket, here and (when admitted) with the order. Always keep the latest.</param>
/// <param name="Ahead">How many stand before you; null where no order is known, or needed.</param>
/// <param name="UnitsLeft">Units that nobody holds; null until the store knows.</param>
/// <param name="UnitsHeld">Units that are in an order which is not paid yet, and may come back.</param>
/// <param name="ExpectedSeconds">Until your turn, as far as it is the store's to say; null where it depends on what others do.</param>
/// <param name="AdmittedUntil">Up to when the ticket opens an order.</param>
/// <param name="ExtensionsLeft">How often more time may be asked for; null where it is not the ticket's turn.</param>
/// <param name="PollAfterSeconds">When to ask again; asking sooner changes nothing.</param>
public sealed record TicketView(
    Guid SaleId, TicketState State, bool Final, string Ticket, int? Ahead, int? UnitsLeft, int? UnitsHeld, Chance Chance,
    int? ExpectedSeconds, DateTimeOffset? AdmittedUntil, int? ExtensionsLeft, DateTimeOffset ServerTime, int? PollAfterSeconds)
{
    public static TicketView Of(Ticket ticket, Found found, Sale sale, LineState line, TicketSeal seal, DateTimeOffset now)
    {
        var state = found.State;
        if (state is TicketState.Registered or TicketState.Drawing or TicketState.Waiting)
            state = sale.PhaseAt(now, line) switch
            {
                SalePhase.SoldOut => TicketState.SoldOut,
                SalePhase.Closed => TicketState.Closed,
                _ => state,
            };

        var isFinal = state is TicketState.Used or TicketState.Lapsed or TicketState.Superseded or TicketState.SoldOut or TicketState.Closed;
        var waits = !isFinal && state != TicketState.Admitted;
        var ahead = waits ? found.Ahead : null;
        var pause = !waits ? (TimeSpan?)null : Outlook.PollAfter(sale, line, ahead, Outlook.SpreadOf(ticket.Id), now, sale.OpensFor(ticket));
        return new TicketView(
            sale.Id, state, isFinal,
            seal.Seal(found.AdmittedUntil is { } until ? ticket with { AdmittedUntil = until, Extensions = found.Extensions } : ticket),
            ahead,
            line.IsTold ? line.Available : null,
            line.IsTold ? line.Reserved : null,
            ahead is { } count ? Outlook.Of(sale, line, count) : isFinal && state != TicketState.Used ? Chance.None : Chance.Unknown,
            ahead is { } before && Outlook.Wait(sale, line, before, now, sale.OpensFor(ticket)) is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null,
            found.AdmittedUntil, LeftOf(found, sale), now,
            pause is null ? null : (int)Math.Ceiling(pause.Value.TotalSeconds));
    }

    static int? LeftOf(Found found, Sale sale) =>
        found is not { State: TicketState.Admitted, AdmittedUntil: { } until } ? null
        : until >= sale.ClosesAt ? 0
        : Math.Max(0, sale.Rules.Extensions - found.Extensions);
}
