using MiStore.PaymentSandbox.Webhooks;

namespace MiStore.PaymentSandbox.Cards;

/// <summary>Tells the client what its card's behaviour lets it hear. By now everything is written.</summary>
public sealed class Confirming(WebhookSender webhooks, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public async Task Reply(HttpContext http, Confirmation confirmation)
    {
        if (confirmation.Reply == Cards.Reply.AfterTheWebhook)
            await webhooks.SendNow(confirmation.Events, http.RequestAborted);
        else
            webhooks.Wake();

        using var left = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            if (confirmation.Reply == Cards.Reply.Never)
                await Task.Delay(Timeout.InfiniteTimeSpan, left.Token);
            else if (confirmation.ReadyAt - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, left.Token);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
            return;
        }

        await confirmation.Answer.Write(http);
    }
}
