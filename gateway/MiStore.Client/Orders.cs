namespace MiStore.Client;

// What /api/quotes and /api/orders take and answer.

public sealed record QuoteRequest(
    string Market, IReadOnlyList<CartLineRequest> Lines, Destination Destination, string ShippingMethod);

/// <param name="Region">The state's code, where tax depends on it.</param>
public sealed record Destination(string Country, string? Region, string? PostalCode);

/// <param name="Sealed">What an order takes; member "quote".</param>
/// <param name="TermsVersion">Of the terms of sale that an order of it accepts; null where the market has none.</param>
/// <param name="ShippingMethods">Every method of the market, at its price for these lines.</param>
public sealed record Quote(
    [property: System.Text.Json.Serialization.JsonPropertyName("quote")] string Sealed,
    DateTimeOffset ExpiresAt, IReadOnlyList<OrderLine> Lines, Money Subtotal, Money Shipping, Money Tax,
    IReadOnlyList<TaxLine> TaxLines, Money Total, string ShippingMethod, IReadOnlyList<ShippingMethod> ShippingMethods,
    int? TermsVersion = null);

public sealed record OrderLine(string Sku, string Name, int Quantity, Money UnitPrice, Money LineTotal, Money Tax);

/// <param name="Rate">A fraction: "0.19" is 19 %.</param>
public sealed record TaxLine(string Name, string Rate, Money Base, Money Amount);

public sealed record ShippingMethod(string Code, string Name, Money Price, Days Days);

/// <summary>Working days.</summary>
public sealed record Days(int Min, int Max);

public sealed record OrderRequest(string Quote, string? CartId, Customer Customer, Address ShippingAddress, Payment Payment);

public sealed record Customer(string Email, string Name);

public sealed record Address(
    string Name, string Line1, string? Line2, string City, string? Region, string PostalCode, string Country);

/// <param name="Method">card.</param>
/// <param name="Token">The payment provider's token for the card.</param>
public sealed record Payment(string Method, string Token);

/// <param name="TermsVersion">Of the terms of sale that the buyer accepted; null where that was not kept.</param>
/// <param name="Status">reserved, paying, paid, packed, shipped, delivered; or cancelled, rejected, expired, refunded.</param>
public record Order(
    Guid Id, string Number, string Market, string Status, IReadOnlyList<OrderLine> Lines, Money Subtotal, Money Shipping, Money Tax,
    IReadOnlyList<TaxLine> TaxLines, Money Total, DateTimeOffset PlacedAt, DateTimeOffset ReservedUntil, string? Reason,
    IReadOnlyList<TimelineEntry> Timeline, int? TermsVersion = null);

public sealed record TimelineEntry(string Status, DateTimeOffset At);

/// <param name="AccessToken">Opens the order; keep it like a password.</param>
public sealed record PlacedOrder(
    Guid Id, string Number, string Market, string Status, IReadOnlyList<OrderLine> Lines, Money Subtotal, Money Shipping, Money Tax,
    IReadOnlyList<TaxLine> TaxLines, Money Total, DateTimeOffset PlacedAt, DateTimeOffset ReservedUntil, string? Reason,
    IReadOnlyList<TimelineEntry> Timeline, string AccessToken, int? TermsVersion = null)
    : Order(Id, Number, Market, Status, Lines, Subtotal, Shipping, Tax, TaxLines, Total, PlacedAt, ReservedUntil, Reason, Timeline, TermsVersion);

/// <param name="Number">Any case.</param>
public sealed record LookUpOrderRequest(string Number, string Email);

/// <summary>Where an order stands, and nothing of who placed it.</summary>
public sealed record OrderStanding(string Number, string Market, string Status, IReadOnlyList<TimelineEntry> Timeline);
