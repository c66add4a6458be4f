using System.Text.Json;

namespace MiStore.Client;

// What GET /api/markets and its products answer.


/// <param name="Locale">Of the market's first language, such as de-DE.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="TaxDisplay">included or excluded: whether shown prices contain their tax.</param>
/// <param name="Phase">announced, test, closed, open or paused.</param>
public sealed record Market(
    string Code, string Name, string Currency, string Locale, IReadOnlyList<string> Languages, string TimeZone,
    string TaxDisplay, string Phase, DateTimeOffset OpensAt, TestSale? TestSale, DateTimeOffset ServerTime, Seller Seller);

public sealed record TestSale(DateTimeOffset From, DateTimeOffset Until);

/// <summary>Who sells here, as the law wants it named.</summary>
public sealed record Seller(string Name, string Address);

/// <param name="Total">Products in all pages.</param>
public sealed record Listing(IReadOnlyList<Product> Items, int Page, int PageSize, long Total);

public sealed record Product(
    string Slug, string Name, string Summary, string Description, string Category, string CategoryName,
    IReadOnlyList<Image> Images, IReadOnlyDictionary<string, Specification> Specifications, IReadOnlyList<Variant> Variants,
    IReadOnlyList<Restriction> Restrictions, Safety? Safety);

/// <summary>Who answers for a product, and what to beware of.</summary>
/// <param name="ResponsiblePerson">In this market; null where it has none.</param>
/// <param name="Disposal">Where it goes when it is old; null where nothing has to be said.</param>
public sealed record Safety(Contact Manufacturer, Contact? ResponsiblePerson, string Warnings, string? Disposal);

public sealed record Contact(string Name, string Address, string Email);

/// <param name="Slug">The product, whichever of its variants; or <paramref name="Sku"/>.</param>
/// <param name="Sale">Of the SKU, in turn: to be reminded an hour before it opens.</param>
public sealed record NoticeRequest(string Market, string? Slug, string Email, string Language, string? Sku = null, Guid? Sale = null);

public sealed record Image(string Url, string Alt);

/// <param name="Value">A number, true or false, or a text.</param>
public sealed record Specification(string Label, JsonElement Value, string? Unit);

public sealed record Variant(string Sku, string Name, Offer Offer);

/// <param name="State">sellable, upcoming, sold-out, restricted, paused or not-offered.</param>
/// <param name="LowestPrice30Days">Of the 30 days before a reduction; null where nothing is reduced.</param>
/// <param name="LimitPerCustomer">Units one customer may buy; null is no limit.</param>
/// <param name="AvailableFrom">When it can be bought, or bought again, where that is known.</param>
/// <param name="Remaining">many, few or none.</param>
public sealed record Offer(
    string State, Money? Price, Money? LowestPrice30Days, int? LimitPerCustomer, DateTimeOffset? AvailableFrom,
    IReadOnlyList<string> Reasons, string Remaining);

/// <param name="Reason">A lasting code such as patents.</param>
/// <param name="Text">The same in words, in the language asked for.</param>
public sealed record Restriction(string Reason, string Text, DateOnly ReviewOn);

/// <param name="Document">imprint, terms, withdrawal, privacy or accessibility.</param>
/// <param name="Since">From when this version holds.</param>
/// <param name="Body">A paragraph a line; "# " begins a heading and "- " a point of a list.</param>
public sealed record LegalText(string Market, string Document, int Version, DateTimeOffset Since, string Language, string Title, string Body);

/// <param name="Document">As of <see cref="LegalText"/>.</param>
public sealed record LegalVersion(string Document, int Version, DateTimeOffset Since);

sealed record LegalList(IReadOnlyList<LegalVersion> Documents);

sealed record MarketList(IReadOnlyList<Market> Markets);
