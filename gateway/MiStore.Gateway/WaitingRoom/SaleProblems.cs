using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.ServiceDefaults;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>Every no that the waiting room can say.</summary>
static class SaleProblems
{
    public static ProblemHttpResult UnknownSale() => Problems.Of(Status404NotFound, "unknown-sale", "There is no such sale.");

    public static ProblemHttpResult InvalidEmail() => Problems.MalformedRequest("The email must be an e-mail address of at most 254 characters.");

    public static ProblemHttpResult InvalidTicket() => Problems.Of(
        Status400BadRequest, "invalid-ticket", "This is not a ticket for this sale.",
        "Send it in the header Sale-Ticket, exactly as POST /api/sales/{id}/tickets gave it.");

    public static ProblemHttpResult SoldOut() => Problems.Of(
        Status409Conflict, "sold-out", "Sold out: nothing is left, and nobody holds anything that could come back.");

    public static ProblemHttpResult SaleClosed() => Problems.Of(Status409Conflict, "sale-closed", "The sale is over.");

    public static ProblemHttpResult NotAdmitted(Guid saleId) => Problems.Of(
        Status409Conflict, "not-admitted", "Only a turn that has begun and is not over can be given more time.", null, ("saleId", saleId));

    public static ProblemHttpResult NoMoreTime(Guid saleId, DateTimeOffset until) => Problems.Of(
        Status409Conflict, "no-more-time", "More time was given as often as the sale allows, or the sale itself ends.",
        null, ("saleId", saleId), ("admittedUntil", until));

    public static ProblemHttpResult NotClosedYet() => Problems.Of(
        Status409Conflict, "sale-not-closed", "The seed of the draw is revealed when the sale is over.");

    /// <param name="pause">For who does not compute: from when on the puzzle is taken without a nonce.</param>
    public static ProblemHttpResult ProofRequired(string puzzle, int bits, TimeSpan pause, DateTimeOffset expiresAt) => Problems.Of(
        Status428PreconditionRequired, "proof-required", "Many places were taken from your network; the next one costs some work, or a pause.",
        "Send the puzzle again with a nonce (letters and digits, at most 32) with which the SHA-256 of {puzzle}.{nonce} begins with so many "
        + "zero bits; or, after pauseSeconds, without one.",
        ("puzzle", puzzle), ("bits", bits), ("pauseSeconds", Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds))), ("expiresAt", expiresAt));

    public static ProblemHttpResult TooManyPlaces(HttpContext http, TimeSpan comeBackIn)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(comeBackIn.TotalSeconds));
        http.Response.Headers.RetryAfter = $"{seconds}";
        return Problems.Of(
            Status429TooManyRequests, "too-many-places", "Many places were taken from your network; the next is to be had in a while.",
            null, ("retryAfterSeconds", seconds));
    }

    public static ProblemHttpResult TooSoon(HttpContext http, TimeSpan comeBackIn)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(comeBackIn.TotalSeconds));
        http.Response.Headers.RetryAfter = $"{seconds}";
        return Problems.Of(
            Status429TooManyRequests, "too-soon", "You ask sooner than you were told. Your place is safe; asking more often changes nothing.",
            null, ("retryAfterSeconds", seconds));
    }
}
