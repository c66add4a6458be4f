namespace MiStore.Contracts.Sales;

/// <summary>Seals a ticket as a quote is sealed, with a key that only the gateway and Checkout hold.</summary>
public sealed class TicketSeal(string key)
{
    /// <summary>The request header in which a ticket travels.</summary>
    public const string Header = "Sale-Ticket";

    readonly SealedJson<Ticket> seal = new(key, maxLength: 1024);

    public string Seal(Ticket ticket) => seal.Seal(ticket);

    /// <summary>The ticket, or null when the text is not one that we sealed.</summary>
    public Ticket? Open(string text) => seal.Open(text);
}
