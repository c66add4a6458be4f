using MiStore.PaymentSandbox.Http;
using MiStore.PaymentSandbox.Payments;

namespace MiStore.PaymentSandbox.Book;

/// <summary>
/// The whole book for an audit, payment by payment: what was taken and what was given back. Not a part of Stripe's API:
/// a merchant of theirs would download a report.
/// </summary>
public static class ReadBook
{
    const int MaxPage = 1000;

    public static void MapReadBook(this RouteGroupBuilder v1) => v1.MapGet("/book", Handle).WithName(nameof(ReadBook));

    static async Task Handle(HttpContext http, PaymentBook book, TimeProvider clock)
    {
        var query = Parameters.OfQuery(http.Request);
        var after = query.Text("after") ?? "";
        var limit = (int)(query.Integer("limit", 1, MaxPage) ?? MaxPage);
        query.NothingElse();

        var page = await book.Page(after, limit + 1, clock.GetUtcNow(), http.RequestAborted);
        var hasMore = page.Count > limit;
        await new Answer(200, Json.List("/v1/book", hasMore, writer =>
        {
            foreach (var (payment, refunded) in page.Take(limit))
            {
                writer.WriteStartObject();
                writer.WriteString("id", payment.Id);
                writer.WriteString("order_id", payment.OrderId);
                writer.WriteString("status", Payment.NameOf(payment.Status));
                writer.WriteNumber("captured", payment.Captured);
                writer.WriteNumber("refunded", refunded);
                writer.WriteString("currency", payment.Currency);
                writer.WriteNumber("created", payment.CreatedAt.ToUnixTimeSeconds());
                writer.WriteEndObject();
            }
        })).Write(http);
    }
}
