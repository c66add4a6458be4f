using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Http;

namespace MiStore.PaymentSandbox.Payments;

/// <summary>Payments, the newest first, by page; from an instant on with <c>created[gte]</c> in Unix seconds.</summary>
public static class ListPayments
{
    const long MaxSeconds = 253402300799;   // the end of the year 9999

    public static void MapListPayments(this RouteGroupBuilder payments) =>
        payments.MapGet("", Handle).WithName(nameof(ListPayments));

    static async Task Handle(HttpContext http, PaymentBook book, TimeProvider clock)
    {
        var query = Parameters.OfQuery(http.Request);
        var limit = (int)(query.Integer("limit", 1, 100) ?? 10);
        var from = query.Integer("created[gte]", 0, MaxSeconds) ?? query.Integer("created[gt]", 0, MaxSeconds - 1) + 1 ?? 0;
        var startingAfter = query.Text("starting_after") ?? "pi_g";
        query.NothingElse();

        var page = await book.List(FirstId(from), startingAfter, limit + 1, clock.GetUtcNow(), http.RequestAborted);
        await new Answer(200, Json.List("/v1/payment_intents", page.Count > limit, writer =>
        {
            foreach (var payment in page.Take(limit))
                payment.WriteTo(writer);
        })).Write(http);
    }

    /// <summary>An id begins with its instant, in milliseconds: every payment of that second or later has a greater one.</summary>
    static string FirstId(long seconds) => "pi_" + (seconds * 1000).ToString("x12");
}
