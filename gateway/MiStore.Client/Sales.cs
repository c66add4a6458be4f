namespace MiStore.Client;

// What /api/sales answers: batches that are sold in turn.

/// <param name="Phase">upcoming, drawing, open, sold-out or closed.</param>
/// <param name="DrawAt">Places taken before are shuffled, later ones stand behind them in the order in which they were taken.</param>
/// <param name="UnitsLeft">Units that nobody holds; null until the store knows.</param>
/// <param name="Waiting">Places in the line, or in the draw before it is held.</param>
/// <param name="AlsoToEverybody">The SKU is to be had without a place as well.</param>
public sealed record Sale(
    Guid Id, string Market, string Sku, string Phase, DateTimeOffset ServerTime, DateTimeOffset DrawAt, DateTimeOffset OpensAt,
    int Quantity, int? UnitsLeft, int Waiting, bool AlsoToEverybody, SaleRules Rules, SaleFairness Fairness, int PollAfterSeconds);

/// <param name="UnitsPerTicket">Units that one place may buy, in one order.</param>
/// <param name="AdmissionSeconds">How long somebody whose turn it is has to order.</param>
/// <param name="ExtensionSeconds">How much more each time gives that they ask for it.</param>
public sealed record SaleRules(int UnitsPerTicket, int AdmissionSeconds, int ExtensionSeconds);

/// <param name="Commitment">SHA-256 of the draw's secret seed, published before anybody has a place.</param>
/// <param name="Record">Where everything that happened in the line is to be read once the sale is over; null before.</param>
public sealed record SaleFairness(string Commitment, string? Record);

/// <param name="Email">The order must have the same.</param>
/// <param name="Puzzle">As a refusal proof-required had it, for who comes from a network that has taken many places.</param>
/// <param name="Nonce">Solves it; null for who has waited instead.</param>
public sealed record TakeTicketRequest(string Email, string? Puzzle = null, string? Nonce = null);

/// <param name="State">registered, drawing, waiting, admitted; or used, lapsed, superseded, sold-out, closed.</param>
/// <param name="Final">Nothing more will come of this place.</param>
/// <param name="Ticket">Keep the latest; when admitted it opens the order.</param>
/// <param name="Ahead">How many stand before; null where no order is known, or needed.</param>
/// <param name="Chance">unknown, certain, possible, unlikely or none.</param>
/// <param name="ExpectedSeconds">Until the turn comes; null where it depends on what others do.</param>
/// <param name="ExtensionsLeft">How often more time may be asked for; null where it is not the place's turn.</param>
/// <param name="PollAfterSeconds">When to ask again; asking sooner changes nothing.</param>
public sealed record PlaceInLine(
    Guid SaleId, string State, bool Final, string Ticket, int? Ahead, int? UnitsLeft, string Chance, int? ExpectedSeconds,
    DateTimeOffset? AdmittedUntil, int? ExtensionsLeft, DateTimeOffset ServerTime, int? PollAfterSeconds);

sealed record SaleList(IReadOnlyList<Sale> Sales);
