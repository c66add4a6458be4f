using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MiStore.Checkout.Stock;
using MiStore.ServiceDefaults;

namespace MiStore.Checkout.Receipts;

/// <summary>
/// Anybody reads what became of a batch that has ended: sold out, closed or withdrawn, with nothing held for an order any more. As
/// JSON, or as a page to who asks for text/html. While a unit of it is on sale or held there is none; and where a paid order is
/// given back before it is packed, the batch is on sale again and gets a later receipt.
/// </summary>
public static class GetReceipt
{
    /// <summary>Seconds for which anybody may keep it.</summary>
    const int MaxAge = 60;

    public static void MapGetReceipt(this RouteGroupBuilder batches) => batches
        .MapGet("/{id:guid}/receipt", Handle)
        .WithName(nameof(GetReceipt))
        .WithSummary("Read the signed receipt of a batch that has ended")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Results<Ok<SignedReceipt>, ContentHttpResult, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, ReceiptDesk desk, CancellationToken cancellation)
    {
        http.Response.Headers.Vary = HeaderNames.Accept;
        switch (await desk.Find(id, cancellation))
        {
            case null:
                return BatchProblems.UnknownBatch();
            case { IsDisputed: true }:
                return Problems.Of(
                    StatusCodes.Status409Conflict, "books-differ", "The ledger does not make what the batch says of itself.",
                    "Nothing is signed until somebody has looked into it; ./mistore audit says what differs.");
            case { Receipt: null }:
                return Problems.Of(
                    StatusCodes.Status409Conflict, "batch-not-ended", "Units of this batch are on sale, or held for orders.",
                    "It gets its receipt when it is sold out, closed or withdrawn, and every order for it is paid or over.");
            case { Receipt: var kept }:
                http.Response.Headers.CacheControl = $"public, max-age={MaxAge}";
                var wantsPage = WantsPage(http.Request);
                http.Response.Headers.ETag = wantsPage ? $"{kept.ETag[..^1]}-page\"" : kept.ETag;
                return wantsPage
                    ? TypedResults.Content(ReceiptPage.Of(kept.Signed), "text/html; charset=utf-8")
                    : TypedResults.Ok(kept.Signed);
        }
    }

    // A browser says text/html before everything else; whoever says nothing is a program.
    static bool WantsPage(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault()?.MediaType == "text/html";
}
