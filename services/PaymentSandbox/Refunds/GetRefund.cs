using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Http;

namespace MiStore.PaymentSandbox.Refunds;

/// <summary>A refund as it was made.</summary>
public static class GetRefund
{
    public static void MapGetRefund(this RouteGroupBuilder refunds) =>
        refunds.MapGet("/{id}", Handle).WithName(nameof(GetRefund));

    static async Task Handle(string id, HttpContext http, PaymentBook book)
    {
        Parameters.OfQuery(http.Request).NothingElse();
        var refund = id.Contains('\0') ? null : await book.FindRefund(id, http.RequestAborted);
        if (refund is null)
            throw StripeError.NoSuch("refund", id, "refund");
        await new Answer(200, refund.ToJson()).Write(http);
    }
}
