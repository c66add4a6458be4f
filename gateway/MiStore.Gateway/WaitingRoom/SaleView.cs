namespace MiStore.Gateway.WaitingRoom;

/// <summary>A sale as everybody may see it: its rules, what is left, and what the draw is bound to.</summary>
/// <param name="ServerTime">The store's clock; a page counts down by it and not by its own.</param>
/// <param name="DrawAt">Tickets taken before are shuffled, later ones stand behind them in the order in which they were taken.</param>
/// <param name="UnitsLeft">Units that nobody holds; null until the store knows.</param>
/// <param name="Waiting">Tickets in the line, or in the draw before it is held.</param>
/// <param name="AlsoToEverybody">The SKU is to be had without a ticket as well: another batch of it is on sale.</param>
/// <param name="PollAfterSeconds">When to ask again; for who showed a ticket, with it.</param>
/// <param name="Ticket">Where the ticket stands that was shown; null where none was.</param>
public sealed record SaleView(
    Guid Id, string Market, string Sku, SalePhase Phase, DateTimeOffset ServerTime, DateTimeOffset DrawAt, DateTimeOffset OpensAt,
    DateTimeOffset? ClosesAt, int Quantity, int? UnitsLeft, int? UnitsHeld, int? UnitsSold, int Waiting, bool AlsoToEverybody,
    RulesView Rules, FairnessView Fairness, int PollAfterSeconds, TicketView? Ticket = null)
{
    public static SaleView Of(SaleRoom room, DateTimeOffset now, TicketView? ticket = null)
    {
        var (sale, line) = (room.Sale, room.Line);
        var phase = sale.PhaseAt(now, line);
        var isOver = phase is SalePhase.SoldOut or SalePhase.Closed;
        return new SaleView(
            sale.Id, sale.Market, sale.Sku, phase, now, sale.DrawAt, sale.OpensAt, sale.ClosesAt, sale.Room.Quantity,
            line.IsTold ? line.Available : null, line.IsTold ? line.Reserved : null, line.IsTold ? line.Sold : null,
            line.Registered + line.Waiting + line.Away,
            sale.IsAlsoToEverybody(now),
            new RulesView(
                sale.Rules.UnitsPerTicket, sale.Rules.AdmissionSeconds, sale.Rules.Slack, OnePlacePerMailbox: true,
                (int)Outlook.Presence.TotalSeconds, sale.Rules.Extensions, sale.Rules.ExtensionSeconds,
                sale.Rules.DrawnOnlySeconds),
            new FairnessView(
                room.Commitment, room.Sale.Room.Tickets?.Sha256 ?? line.ListHash, line.IsDrawn ? line.ListCount : null,
                isOver ? Convert.ToHexStringLower(room.Seed) : null, isOver ? $"/api/sales/{sale.Id}/record" : null, line.LostAt),
            ticket?.PollAfterSeconds ?? (int)Math.Ceiling(Outlook.PollAfter(sale, line, null, 0.5, now).TotalSeconds),
            ticket);
    }
}

/// <param name="UnitsPerTicket">Units that one ticket may buy, in one order.</param>
/// <param name="AdmissionSeconds">How long somebody whose turn it is has to order.</param>
/// <param name="Slack">Units by which more may be let in than are left; 0: a unit waits for everybody whose turn it is.</param>
/// <param name="PresentWithinSeconds">Whoever has not asked for so long is passed by, and keeps the place.</param>
/// <param name="Extensions">How often somebody whose turn it is may ask for more time, before it ends.</param>
/// <param name="ExtensionSeconds">How much each time gives, at most up to the end of the sale.</param>
/// <param name="DrawnOnlySeconds">For so long after the opening only tickets of the draw have their turn.</param>
public sealed record RulesView(
    int UnitsPerTicket, int AdmissionSeconds, int Slack, bool OnePlacePerMailbox, int PresentWithinSeconds, int Extensions,
    int ExtensionSeconds, int DrawnOnlySeconds);

/// <param name="Commitment">SHA-256 of the secret seed, in hexadecimal: published before anybody has a ticket.</param>
/// <param name="ListHash">SHA-256 of the draw's tickets, once the list is closed.</param>
/// <param name="Seed">The seed, once the sale is over.</param>
/// <param name="Record">Where everything that happened in the line is published then; <c>./mistore verify-queue</c> checks it.</param>
/// <param name="LostAt">When the store lost the line and made it again from its tickets; null where it never did.</param>
public sealed record FairnessView(string Commitment, string? ListHash, int? ListCount, string? Seed, string? Record, DateTimeOffset? LostAt);
