using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Quotes;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Quotes;

/// <summary>The shopper learns everything that the order will cost, in a form that an order can hold us to.</summary>
public static class QuoteLines
{
    /// <param name="Market">US, GB, DE or FR.</param>
    public sealed record Request(
        [property: MaxLength(64)] string Market, [property: Length(1, 50)] IReadOnlyList<Line> Lines, Place Destination,
        [property: MaxLength(64)] string ShippingMethod);

    /// <param name="Quantity">From 1 to 99, also when the SKU is on several lines.</param>
    public sealed record Line([property: MaxLength(64)] string Sku, long Quantity);

    /// <param name="Country">ISO 3166 code: the market's own country.</param>
    /// <param name="Region">The state's code, where tax depends on it (US); of no effect elsewhere.</param>
    /// <param name="PostalCode">Checked where it is given.</param>
    public sealed record Place(
        [property: MaxLength(64)] string Country, [property: MaxLength(64)] string? Region = null, [property: MaxLength(16)] string? PostalCode = null);

    public static void MapQuoteLines(this IEndpointRouteBuilder app) => app
        .MapPost("/api/quotes", Handle)
        .WithTags("Quotes")
        .WithName(nameof(QuoteLines))
        .WithSummary("Price lines for a destination, sealed for an order")
        .WithDescription(
            """
            400 malformed-request, invalid-quantity · 404 unknown-market, unknown-sku ·
            409 not-sold-in-market (reasons), not-yet-open (availableFrom), market-paused, product-paused, limit-exceeded (limit) ·
            422 destination-not-served, unknown-shipping-method
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<Results<Ok<QuoteView>, ProblemHttpResult>> Handle(
        Request request, KeptTerms kept, QuoteSignature signature, IOptions<QuoteOptions> options, TimeProvider clock,
        CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (request.Lines.Any(line => line is null))
            return Problems.MalformedRequest("A line is an object of sku and quantity.");
        if (Wanted.Sum(request.Lines.Select(line => (line.Sku, line.Quantity)), out var invalid) is not { } wanted)
            return QuoteProblems.InvalidQuantity(invalid!);

        var skus = wanted.Select(line => line.Sku).ToArray();
        if (await kept.Find(MarketCode.Normalize(request.Market), skus, request.Destination.Region, now, cancellation) is not { } terms)
            return Problems.UnknownMarket(request.Market);
        var market = terms.Market;

        var lines = new List<PricedLine>();
        foreach (var (sku, quantity) in wanted)
        {
            if (!terms.Offers.TryGetValue(sku, out var offer))
                return QuoteProblems.UnknownSku(sku);
            var inForce = offer.At(now);
            if (QuoteProblems.Refusal(sku, market.Code, quantity, inForce) is { } refusal)
                return refusal;
            lines.Add(new PricedLine(sku, terms.Names.GetValueOrDefault(sku, sku), quantity, inForce.Price!.Value, market.ShipsFrom, terms.HsCodes.GetValueOrDefault(sku)));
        }

        if (Destinations.Find(
                market, terms.Taxes, request.Destination.Country, request.Destination.Region, request.Destination.PostalCode,
                out var taxRule, out var why) is not { } destination)
            return QuoteProblems.DestinationNotServed(why!);

        var subtotal = lines.Aggregate(lines[0].UnitPrice * 0, (sum, line) => sum + line.UnitPrice * line.Quantity);
        if (terms.Shipping.FirstOrDefault(rate => rate.Code == request.ShippingMethod) is not { } shipping)
            return QuoteProblems.UnknownShippingMethod(terms.Shipping.Select(rate => rate.Code));

        var totals = Totals.Of(market.TaxIncluded, taxRule!, lines, shipping.PriceFor(subtotal));
        var quote = new Quote(
            Guid.CreateVersion7(now), market.Code, market.Currency, market.TaxIncluded, totals.Lines, totals.Subtotal, totals.Shipping,
            totals.Tax, totals.TaxLines, totals.Total, destination, shipping.Code, now, now.AddMinutes(options.Value.ValidMinutes),
            terms.TermsVersion);

        return TypedResults.Ok(new QuoteView(
            signature.Seal(quote), quote.ExpiresAt, quote.Market, quote.Lines, quote.Subtotal, quote.Shipping, totals.ShippingTax,
            quote.Tax, quote.TaxLines, totals.Duty, totals.ImportTax, quote.Total, quote.ShippingMethod,
            [
                .. terms.Shipping.Select(rate => new ShippingChoice(
                    rate.Code, rate.NameIn(market.Languages[0]), rate.PriceFor(subtotal), new Days(rate.DaysMin, rate.DaysMax))),
            ],
            quote.TermsVersion));
    }
}
