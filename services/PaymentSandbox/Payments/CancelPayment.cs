using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Http;

namespace MiStore.PaymentSandbox.Payments;

/// <summary>Closes a payment that has taken no money; one that has, or is about to, refuses.</summary>
public static class CancelPayment
{
    public static void MapCancelPayment(this RouteGroupBuilder payments) =>
        payments.MapPost("/{id}/cancel", Handle).WithName(nameof(CancelPayment));

    static async Task Handle(string id, HttpContext http, PaymentBook book, TimeProvider clock)
    {
        var form = await Parameters.OfForm(http.Request);
        var key = RequestKey.Of(http.Request, form);
        var now = clock.GetUtcNow();
        form.Ignore("cancellation_reason");
        form.NothingElse();

        Answer? answer = null;
        var earlier = await book.Change(key, id, "intent", payment =>
        {
            var canceled = payment.Cancel(now);
            answer = new Answer(200, canceled.ToJson());
            return new Change(canceled, answer, now, []);
        }, now, CancellationToken.None);
        await (earlier?.To(key, now) ?? answer!).Write(http, replayed: earlier is not null);
    }
}
