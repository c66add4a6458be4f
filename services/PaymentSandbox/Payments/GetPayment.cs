using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Http;

namespace MiStore.PaymentSandbox.Payments;

/// <summary>A payment as it stands now.</summary>
public static class GetPayment
{
    public static void MapGetPayment(this RouteGroupBuilder payments) =>
        payments.MapGet("/{id}", Handle).WithName(nameof(GetPayment));

    static async Task Handle(string id, HttpContext http, PaymentBook book, TimeProvider clock)
    {
        Parameters.OfQuery(http.Request).NothingElse();
        var payment = id.Contains('\0') ? null : await book.Find(id, clock.GetUtcNow(), http.RequestAborted);
        if (payment is null)
            throw StripeError.NoSuch("payment_intent", id, "intent");
        await new Answer(200, payment.ToJson()).Write(http);
    }
}
