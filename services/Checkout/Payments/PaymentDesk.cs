using MiStore.Checkout.Orders;
using MiStore.ServiceDefaults;

namespace MiStore.Checkout.Payments;

/// <summary>
/// Where orders and the payment provider meet. The intent is committed before the provider is called, the outcome after;
/// in between anything may die. Whoever comes next asks again under the same key, which never moves money twice.
/// </summary>
public sealed class PaymentDesk(OrderLanes lanes, IPaymentProvider provider, ILogger<PaymentDesk> log)
{
    /// <summary>Asks for the money of an order whose intent is committed: an order says so from its first moment on.</summary>
    public async Task Ask(Order order, CancellationToken cancellation)
    {
        var fact = await Ask(new Charge(order.Id, order.Number, order.Total, order.PaymentToken, order.Id.ToString()), cancellation);
        CrashPoint.Pass("charge-answered");
        await lanes.Of(order.Market).Advance(order.Id, fact, cancellation);
    }

    /// <summary>Asks again what became of an order's money, or for the first time where whoever was to ask is gone.</summary>
    public async Task AskAgain(Guid orderId, string market, CancellationToken cancellation)
    {
        var step = await lanes.Of(market).Advance(orderId, new OrderFact.PaymentStarted(), cancellation);
        if (step is { IsRefused: false, Order: { Funds: Funds.Asked } order })
            await Ask(order, cancellation);
    }

    /// <summary>Sends back the money of an order that no longer wants it.</summary>
    public async Task Refund(Order order, CancellationToken cancellation)
    {
        OrderFact fact = new OrderFact.PaymentUnclear();
        try
        {
            var refund = await provider.Refund(order.PaymentId!, order.Total, order.Id + "-refund", cancellation);
            // Already refunded: by a person at the provider's own desk, or by us under a key that we no longer know.
            if (refund is { State: RefundState.Succeeded } or { Reason: "charge_already_refunded" })
                fact = new OrderFact.RefundMade();
            else
                log.LogWarning("The refund of order {Order} is {State}: {Reason}", order.Id, refund.State, refund.Reason);
        }
        catch (Exception exception) when (exception is PaymentOutcomeUnknown or PaymentRequestRefused)
        {
            log.LogWarning("The refund of order {Order} will be tried again: {Cause}", order.Id, exception.Message);
        }

        await lanes.Of(order.Market).Advance(order.Id, fact, cancellation);
    }

    /// <summary>
    /// The provider reported by itself. Its word that money moved is final. Its word that a try failed may be about an
    /// earlier try, overtaken by a success that we have not heard of: that only makes us ask.
    /// </summary>
    public Task Hear(PaymentWebhook report, string market, CancellationToken cancellation) => report switch
    {
        { Type: PaymentWebhook.ChargeRefunded } =>
            lanes.Of(market).Advance(report.OrderId, new OrderFact.RefundMade(), cancellation),
        { Outcome: { State: PaymentState.Succeeded, PaymentId: { } id } } =>
            lanes.Of(market).Advance(report.OrderId, new OrderFact.PaymentSucceeded(id), cancellation),
        _ => AskAgain(report.OrderId, market, cancellation),
    };

    async Task<OrderFact> Ask(Charge charge, CancellationToken cancellation)
    {
        try
        {
            var outcome = await provider.Charge(charge, cancellation);
            return outcome switch
            {
                { State: PaymentState.Succeeded, PaymentId: { } id } => new OrderFact.PaymentSucceeded(id),
                { State: PaymentState.Declined or PaymentState.Cancelled } => new OrderFact.PaymentDeclined(outcome.PaymentId, outcome.Reason ?? "declined"),
                _ => new OrderFact.PaymentUnclear(),
            };
        }
        catch (PaymentRequestRefused refused) when (refused.Status is not (401 or 403))
        {
            // An unknown token and the like: the customer's card cannot be charged, and asking again will not help.
            return new OrderFact.PaymentDeclined(null, refused.Code ?? "payment-refused");
        }
        catch (Exception exception) when (exception is PaymentOutcomeUnknown or PaymentRequestRefused)
        {
            log.LogInformation("Payment of order {Order} is unclear: {Cause}", charge.OrderId, exception.Message);
            return new OrderFact.PaymentUnclear();
        }
    }
}
