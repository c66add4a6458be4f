using System.Text.RegularExpressions;
using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Http;

namespace MiStore.PaymentSandbox.Payments;

/// <summary>The payments of an order: of Stripe's query language only <c>metadata['order_id']:'…'</c>.</summary>
public static partial class SearchPayments
{
    public static void MapSearchPayments(this RouteGroupBuilder payments) =>
        payments.MapGet("/search", Handle).WithName(nameof(SearchPayments));

    static async Task Handle(HttpContext http, PaymentBook book, TimeProvider clock)
    {
        var query = Parameters.OfQuery(http.Request);
        var text = query.Text("query") ?? throw StripeError.Missing("query");
        var limit = (int)(query.Integer("limit", 1, 100) ?? 10);
        query.NothingElse();

        if (ByOrder().Match(text) is not { Success: true, Groups: [_, var orderId] })
            throw StripeError.Invalid("query", "This sandbox searches for metadata['order_id']:'…' and nothing else.");

        var found = await book.OfOrder(orderId.Value, limit + 1, clock.GetUtcNow(), http.RequestAborted);
        await new Answer(200, Json.List("/v1/payment_intents/search", found.Count > limit, writer =>
        {
            foreach (var payment in found.Take(limit))
                payment.WriteTo(writer);
        }, "search_result")).Write(http);
    }

    [GeneratedRegex("""^metadata\[['"]order_id['"]\]:['"]([^'"]{1,500})['"]$""", RegexOptions.CultureInvariant)]
    private static partial Regex ByOrder();
}
