using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Checkout.Orders;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Checkout.Payments;

/// <summary>The payment provider calls by itself. Only its signature is believed, and the same report counts once.</summary>
public static class ReceivePaymentReport
{
    public static void MapReceivePaymentReport(this IEndpointRouteBuilder app) => app
        .MapPost("/webhooks/payments", Handle)
        .WithName(nameof(ReceivePaymentReport))
        .ExcludeFromDescription();

    static async Task<Results<Ok, ProblemHttpResult>> Handle(
        HttpRequest request, IOptions<StripeOptions> stripe, [FromKeyedServices(CheckoutDatabase.ByKey)] NpgsqlDataSource db, PaymentDesk desk,
        OrderWaiters orders, TimeProvider clock, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var signature = request.Headers[StripeSignature.Header].ToString();
        if (!StripeSignature.IsValid(bytes.Span, signature, stripe.Value.WebhookSecret, clock.GetUtcNow()))
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-signature", "The report is not signed by the payment provider.");

        PaymentWebhook? report;
        try
        {
            report = PaymentWebhook.Parse(bytes.Span);
        }
        catch (JsonException)
        {
            return Problems.MalformedRequest("The report cannot be read.");
        }

        if (report is null)
            return TypedResults.Ok();

        // Most reports say what the answer to our own call has said already: of that not even a mark need be kept.
        var paidNow = report is { Type: PaymentWebhook.Succeeded } ? report.Outcome?.PaymentId : null;
        if (paidNow is not null && orders.IsPaidBy(report.OrderId, paidNow))
            return TypedResults.Ok();

        await using var connection = await db.OpenConnectionAsync(cancellation);
        var (market, paidBy) = await connection.QuerySingleOrDefaultAsync<(string?, string?)>(
            """
            select market, case when funds = 'captured' then payment_id end from orders o where id = @OrderId
            and not exists (select from payment_reports where id = @EventId)
            """, report);
        await connection.CloseAsync();
        if (market is null || paidNow is not null && paidNow == paidBy)
            return TypedResults.Ok();

        // First the effect, then the mark: dying in between only lets us hear it again, and an order bears that.
        await desk.Hear(report, market, cancellation);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(
            "insert into payment_reports (id, received_at) values (@EventId, @now) on conflict do nothing",
            new { report.EventId, now = clock.GetUtcNow() });
        return TypedResults.Ok();
    }
}
