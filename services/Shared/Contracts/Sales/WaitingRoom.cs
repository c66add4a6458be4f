namespace MiStore.Contracts.Sales;

/// <summary>A batch that is sold in turn: who wants of it takes a ticket first and orders when admitted.</summary>
/// <param name="SaleId">The batch's id; a sale and its batch are one.</param>
/// <param name="Quantity">Units of the batch.</param>
/// <param name="Tickets">What the draw was made of; null until the list is closed.</param>
public sealed record WaitingRoom(Guid SaleId, int Quantity, WaitingRoomRules Rules, TicketList? Tickets = null);

/// <summary>How a sale is run. Said with the batch, before the start, and never changed.</summary>
/// <param name="RegistrationUntil">Who has a ticket by then is in the draw; null is until the batch opens.</param>
/// <param name="UnitsPerTicket">Units that one ticket may buy, in one order; at least 1.</param>
/// <param name="AdmissionSeconds">How long somebody who is admitted has to order, from hearing of it.</param>
/// <param name="Slack">Units by which more may be admitted than are left; with 0 a unit waits for everybody who is.</param>
/// <param name="Extensions">How often somebody who is admitted may ask for more time.</param>
/// <param name="ExtensionSeconds">How much each time gives, from the end that is known so far; never past the sale's own.</param>
/// <param name="DrawnOnlySeconds">For so long after the opening only tickets of the draw are admitted, even while none of them shows.</param>
public sealed record WaitingRoomRules(
    DateTimeOffset? RegistrationUntil = null, int UnitsPerTicket = 1, int AdmissionSeconds = 300, int Slack = 0,
    int Extensions = WaitingRoomRules.UsualExtensions, int ExtensionSeconds = WaitingRoomRules.UsualExtensionSeconds,
    int DrawnOnlySeconds = 0)
{
    /// <summary>WCAG 2.2, 2.2.1: a time limit can be extended at least ten times.</summary>
    public const int UsualExtensions = 10;

    public const int UsualExtensionSeconds = 120;
}

/// <summary>The tickets that a draw was made of, by their hash: nobody can add or take away one afterwards.</summary>
/// <param name="Sha256">Of the tickets' ids, sorted, 32 hexadecimal digits and a line feed each; in hexadecimal.</param>
public sealed record TicketList(string Sha256, int Count, DateTimeOffset ClosedAt);
