namespace MiStore.Contracts.Quotes;

/// <summary>
/// A cart priced at one moment: everything the buyer will ever pay. Pricing signs it, Checkout believes the signature,
/// and nobody else needs to be asked.
/// </summary>
/// <param name="TaxIncluded">True where prices contain their tax, so that total = subtotal + shipping.</param>
/// <param name="TermsVersion">Of the market's terms of sale, which an order of it accepts; null where that was not said.</param>
/// <param name="Tax">Included in the total where <paramref name="TaxIncluded"/>, added to it elsewhere.</param>
public sealed record Quote(
    Guid Id,
    string Market,
    string Currency,
    bool TaxIncluded,
    IReadOnlyList<QuoteLine> Lines,
    Money Subtotal,
    Money Shipping,
    Money Tax,
    IReadOnlyList<TaxLine> TaxLines,
    Money Total,
    Destination Destination,
    string ShippingMethod,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    int? TermsVersion = null);

/// <param name="Name">In the market's own language, as it will stand on the order.</param>
/// <param name="Tax">Contained in, or added to, <paramref name="LineTotal"/>, as the market has it.</param>
/// <param name="ShipsFrom">ISO 3166 code of the country that it is sent from; null where that was not said.</param>
/// <param name="HsCode">Of the Harmonized System, for customs papers; null where it is not known.</param>
public sealed record QuoteLine(
    string Sku, string Name, int Quantity, Money UnitPrice, Money LineTotal, Money Tax, string? ShipsFrom = null, string? HsCode = null);

/// <param name="Rate">A fraction as text, such as "0.19".</param>
/// <param name="Base">What the tax is reckoned on, without the tax.</param>
public sealed record TaxLine(string Name, string Rate, Money Base, Money Amount);

/// <param name="Country">ISO 3166 code.</param>
/// <param name="Region">State or province where the country's tax asks for it, such as CA; else null.</param>
public sealed record Destination(string Country, string? Region, string? PostalCode);
