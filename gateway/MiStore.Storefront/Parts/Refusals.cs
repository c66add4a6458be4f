using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Parts;

/// <summary>What the store refused, said to the shopper: in their language, with what it is about and what they can do.</summary>
static class Refusals
{
    public static string Say(Refusal refusal, Visit visit)
    {
        var words = visit.Words;
        var product = refusal.Text("sku") is { } sku && visit.ProductOf(sku) is { } known ? known.Name : words.ThisProduct;

        return refusal.Code switch
        {
            "not-sold-in-market" => string.Format(words.RefusedNotSold, product),
            "limit-exceeded" => refusal.Number("limit") is 1
                ? string.Format(words.RefusedLimitOne, product)
                : string.Format(words.RefusedLimit, product, refusal.Number("limit")),
            "not-yet-open" => refusal.Instant("availableFrom") is { } from
                ? string.Format(words.RefusedNotYetFrom, product, visit.Place.Opening(from))
                : string.Format(words.RefusedNotYet, product),
            "market-paused" => words.RefusedPaused,
            "product-paused" => string.Format(words.RefusedProductPaused, product),
            "sold-out" => refusal.Number("available") is > 0 and var left
                ? string.Format(words.RefusedTooFew, product, left)
                : string.Format(words.RefusedSoldOut, product),
            "invalid-quantity" => words.RefusedQuantity,
            "cart-full" => words.RefusedCartFull,
            "unknown-cart" => words.RefusedUnknownCart,
            "unknown-sku" => words.RefusedUnknown,
            "price-changed" => words.RefusedPriceChanged,
            "quote-expired" or "invalid-quote" => words.RefusedQuoteExpired,
            "destination-not-served" or "address-mismatch" => words.RefusedDestination,
            "malformed-request" or "invalid-request" => words.RefusedAddress,
            "ticket-used" => words.RefusedTicketUsed,
            "not-your-ticket" => words.RefusedTicketEmail,
            "ticket-required" or "not-admitted" or "ticket-expired" or "invalid-ticket" => string.Format(words.RefusedInTurn, product),
            "no-more-time" => words.RefusedMoreTime,
            "proof-required" => string.Format(words.ProofWanted, Wait(refusal.Number("pauseSeconds") ?? 0, words)),
            "too-many-places" => words.RefusedPlaces,
            "sale-closed" => words.SaleOverTitle + ". " + words.SaleOverText,
            "too-late" => words.RefusedTooLate,
            "unknown-order" => words.RefusedUnknownOrder,
            "too-many-tries" => refusal.Instant("lockedUntil") is { } until
                ? string.Format(words.RefusedTries, visit.Place.Time(until))
                : words.RefusedBusy,
            "invalid-email" => words.RefusedEmail,
            "cart-changed" or "busy" or "service-unavailable" => words.RefusedBusy,
            _ => refusal.Status == 400 ? words.RefusedAddress : words.RefusedBusy,
        };
    }

    static string Wait(int seconds, Words words) => seconds <= 60 ? string.Format(words.Seconds, seconds) : words.Minutes((seconds + 59) / 60);

    /// <summary>Why an order's payment did not work.</summary>
    public static string SayDeclined(string? reason, Words words) =>
        reason?.Replace('_', '-') == "insufficient-funds" ? words.DeclinedFunds : words.Declined;
}
