using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Offers;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Quotes;

/// <summary>Every no that a quote can get.</summary>
static class QuoteProblems
{
    public static ProblemHttpResult UnknownSku(string sku) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-sku", "There is no such SKU.", null, ("sku", sku));

    public static ProblemHttpResult InvalidQuantity(string sku) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid-quantity", $"A quantity is from 1 to {Wanted.MaxQuantity}.", null, ("sku", sku));

    public static ProblemHttpResult DestinationNotServed(string why) => Problems.Of(
        StatusCodes.Status422UnprocessableEntity, "destination-not-served", "The market does not deliver there.", why);

    public static ProblemHttpResult UnknownShippingMethod(IEnumerable<string> known) => Problems.Of(
        StatusCodes.Status422UnprocessableEntity, "unknown-shipping-method", "The market has no such shipping method.", null,
        ("shippingMethods", known));

    /// <summary>Why these units cannot be sold on these terms, or null when they can.</summary>
    public static ProblemHttpResult? Refusal(string sku, string market, int quantity, OfferTerms terms) => terms.State switch
    {
        OfferState.Sellable when quantity > terms.LimitPerCustomer => Problems.Of(
            StatusCodes.Status409Conflict, "limit-exceeded", $"One customer may buy {terms.LimitPerCustomer} of these.", null,
            ("sku", sku), ("limit", terms.LimitPerCustomer)),
        OfferState.Sellable => null,
        OfferState.Upcoming => Problems.Of(
            StatusCodes.Status409Conflict, "not-yet-open", "The sale has not started.", null,
            ("sku", sku), ("availableFrom", terms.AvailableFrom)),
        OfferState.Paused => Problems.Of(
            StatusCodes.Status409Conflict, terms.PauseCode, "The sale is paused for the moment.", null, ("sku", sku), ("market", market)),
        _ => Problems.Of(
            StatusCodes.Status409Conflict, "not-sold-in-market", "The market does not sell this.", null,
            ("sku", sku), ("market", market), ("reasons", terms.Reasons ?? [])),
    };
}
