using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MiStore.Checkout.Payments;

namespace MiStore.PaymentSandbox.Tests;

/// <summary>The one who is told of payments: remembers every webhook, and may be told to refuse some.</summary>
public sealed class Merchant : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<Webhook> heard = [];
    readonly ConcurrentDictionary<Guid, int> refusals = [];

    Merchant(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public IReadOnlyList<Webhook> Heard => [.. heard];

    public static async Task<Merchant> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var merchant = new Merchant(builder.Build());
        merchant.app.MapPost("/webhooks/payments", merchant.Hear);
        await merchant.app.StartAsync();
        return merchant;
    }

    /// <summary>The next so many webhooks about an order are answered with 503, and remembered all the same.</summary>
    public void Refuse(Guid orderId, int times) => refusals[orderId] = times;

    /// <summary>What was said about a payment of this order, in the order of arrival.</summary>
    public List<PaymentWebhook> About(Guid orderId) =>
        heard.Select(webhook => PaymentWebhook.Parse(webhook.Body)).OfType<PaymentWebhook>().Where(news => news.OrderId == orderId).ToList();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<IResult> Hear(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        heard.Enqueue(new Webhook(body.ToArray(), request.Headers[StripeSignature.Header].ToString()));

        var refused = PaymentWebhook.Parse(body.ToArray()) is { OrderId: var order }
            && refusals.AddOrUpdate(order, -1, (_, left) => left - 1) >= 0;
        return refused ? Results.StatusCode(503) : Results.Ok();
    }
}

public sealed record Webhook(byte[] Body, string Signature);
