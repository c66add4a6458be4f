using MiStore.Contracts;
using MiStore.Contracts.Quotes;

namespace MiStore.Pricing.Quotes;

/// <summary>
/// A quote as the shopper reads it. Always to the cent: subtotal + shipping (+ tax, where the market shows prices
/// without it) = total.
/// </summary>
/// <param name="Quote">The same, sealed; an order takes it as it is.</param>
/// <param name="ExpiresAt">From here on no order takes it any more.</param>
/// <param name="ShippingTax">The part of <paramref name="Tax"/> that is on shipping; the rest is in the lines.</param>
/// <param name="Duty">Customs duty. Zero: goods ship from within the destination's customs area (each line says from where).</param>
/// <param name="ImportTax">Tax on importing them. Zero for the same reason: nothing is due when the parcel arrives.</param>
/// <param name="TermsVersion">
/// Of the market's terms of sale, which an order of this quote accepts (GET /api/markets/{market}/legal/terms); null where there are none.
/// </param>
/// <param name="ShippingMethods">Every method of the market, at its price for this very cart.</param>
public sealed record QuoteView(
    string Quote, DateTimeOffset ExpiresAt, string Market, IReadOnlyList<QuoteLine> Lines, Money Subtotal, Money Shipping,
    Money ShippingTax, Money Tax, IReadOnlyList<TaxLine> TaxLines, Money Duty, Money ImportTax, Money Total, string ShippingMethod,
    IReadOnlyList<ShippingChoice> ShippingMethods, int? TermsVersion);

public sealed record ShippingChoice(string Code, string Name, Money Price, Days Days);

/// <summary>Working days until the parcel arrives.</summary>
public sealed record Days(int Min, int Max);
