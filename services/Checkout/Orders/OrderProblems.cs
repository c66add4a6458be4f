using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts;
using MiStore.ServiceDefaults;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace MiStore.Checkout.Orders;

/// <summary>A price that is no longer the one the buyer accepted.</summary>
public sealed record PriceChange(string Sku, Money Old, Money New);

/// <summary>Every no that an order can hear.</summary>
public static class OrderProblems
{
    public static ProblemHttpResult KeyNeeded() => Problems.Of(
        Status400BadRequest, "malformed-request", "An order needs an Idempotency-Key header.",
        "1 to 200 visible ASCII characters, new for each order and the same for each retry of it.");

    public static ProblemHttpResult InvalidQuote() => Problems.Of(
        Status400BadRequest, "invalid-quote", "This is not a quote of ours.", "Send the quote exactly as POST /api/quotes gave it.");

    public static ProblemHttpResult QuoteExpired(DateTimeOffset expiredAt) => Problems.Of(
        Status409Conflict, "quote-expired", "The quote has run out; please ask for a new one.", null, ("expiredAt", expiredAt));

    public static ProblemHttpResult PriceChanged(IReadOnlyList<PriceChange> changes) => Problems.Of(
        Status409Conflict, "price-changed", "A price has changed since the quote; nothing is bought at a price nobody accepted.", null,
        ("changes", changes));

    public static ProblemHttpResult AddressMismatch() => Problems.Of(
        Status422UnprocessableEntity, "address-mismatch", "The address is not in the place that was quoted for.",
        "Country, region and postal code decide about tax and shipping; ask for a quote for this address.");

    public static ProblemHttpResult KeyReused() => Problems.Of(
        Status422UnprocessableEntity, "idempotency-key-reused", "This key has made another order already.",
        "Use a new Idempotency-Key for a new order.");

    public static ProblemHttpResult Busy() => Problems.Of(
        Status503ServiceUnavailable, "busy", "More people are buying than we can serve at this moment; please try again.", null,
        ("retryAfterSeconds", 1));

    public static ProblemHttpResult SoldOut(PlacementResult.SoldOut soldOut) => Problems.Of(
        Status409Conflict, "sold-out", soldOut.Available == 0 ? "Sold out." : "Fewer are left than you want.", null,
        ("sku", soldOut.Sku), ("available", soldOut.Available), ("availableFrom", soldOut.NextOpening));

    public static ProblemHttpResult NotYetOpen(string sku, DateTimeOffset? availableFrom) => Problems.Of(
        Status409Conflict, "not-yet-open", "The sale has not opened.", null, ("sku", sku), ("availableFrom", availableFrom));

    public static ProblemHttpResult Paused(string sku, string code) => Problems.Of(
        Status409Conflict, code, "The sale is paused for the moment.", null, ("sku", sku));

    public static ProblemHttpResult NotSoldInMarket(string sku, IReadOnlyList<string> reasons) => Problems.Of(
        Status409Conflict, "not-sold-in-market", "This is not sold in your market.", null, ("sku", sku), ("reasons", reasons));

    public static ProblemHttpResult LimitExceeded(string sku, int limit) => Problems.Of(
        Status409Conflict, "limit-exceeded", $"One customer may buy {limit} of these.", null, ("sku", sku), ("limit", limit));

    public static ProblemHttpResult InvalidTicket() => Problems.Of(
        Status400BadRequest, "invalid-ticket", "This is not a ticket of ours.", "Send it exactly as GET /api/sales/{id}/ticket gave it.");

    public static ProblemHttpResult TicketRequired(string sku, Guid saleId) => Problems.Of(
        Status409Conflict, "ticket-required", "This is sold in turn; please take a ticket first.",
        $"POST /api/sales/{saleId}/tickets gives a place in the line, GET /api/sales/{saleId}/ticket says when it is your turn.",
        ("sku", sku), ("saleId", saleId));

    public static ProblemHttpResult NotAdmitted(Guid saleId) => Problems.Of(
        Status409Conflict, "not-admitted", "It is not your turn yet.", null, ("saleId", saleId));

    public static ProblemHttpResult TicketExpired(Guid saleId, DateTimeOffset expiredAt) => Problems.Of(
        Status409Conflict, "ticket-expired", "The time to order with this ticket is over.", null, ("saleId", saleId), ("expiredAt", expiredAt));

    public static ProblemHttpResult TicketUsed(Guid saleId) => Problems.Of(
        Status409Conflict, "ticket-used", "This ticket has made an order already.", null, ("saleId", saleId));

    public static ProblemHttpResult NotYourTicket(Guid saleId) => Problems.Of(
        Status409Conflict, "not-your-ticket", "The ticket was taken with another e-mail address.", null, ("saleId", saleId));

    public static ProblemHttpResult UnknownOrder() => Problems.Of(Status404NotFound, "unknown-order", "There is no such order.");

    public static ProblemHttpResult TooManyTries(DateTimeOffset lockedUntil, DateTimeOffset now) => Problems.Of(
        Status429TooManyRequests, "too-many-tries", "Too many wrong tries for this order number.", null,
        ("lockedUntil", lockedUntil), ("retryAfterSeconds", (int)Math.Ceiling((lockedUntil - now).TotalSeconds)));

    public static ProblemHttpResult TooLate(OrderStatus status) => Problems.Of(
        Status409Conflict, "too-late", "The order can no longer be cancelled.", null, ("orderStatus", status));

    public static ProblemHttpResult WrongStatus(OrderStatus status) => Problems.Of(
        Status409Conflict, "wrong-status", "The order is not at that step.", null, ("orderStatus", status));
}
