using System.ComponentModel.DataAnnotations;
using MassTransit;
using Microsoft.Extensions.Options;
using MiStore.Messaging;

namespace MiStore.Checkout.Payments;

/// <summary>An order holds its units: now ask for its money. Said by Checkout to itself.</summary>
[MustArrive]
public sealed record AuthorizePayment(Guid OrderId, string Market);

/// <summary>
/// Starts a payment in the process that has just committed its order: the broker in between cost more than the payment. Nothing
/// depends on it. When we are gone, or too busy and the message is on its way, the order's own due time is still there.
/// </summary>
public sealed class StartPayments(
    PaymentDesk desk, IOptions<PaymentOptions> options, IHostApplicationLifetime lifetime, ILogger<StartPayments> log) : ITakeOwnMessages
{
    int underway;

    public bool TryTake(object message)
    {
        if (message is not AuthorizePayment payment)
            return false;
        if (Interlocked.Increment(ref underway) > options.Value.StartedAtOnce)
        {
            Interlocked.Decrement(ref underway);
            return false;
        }

        _ = Start(payment);
        return true;
    }

    async Task Start(AuthorizePayment payment)
    {
        try
        {
            await desk.Charge(payment.OrderId, payment.Market, lifetime.ApplicationStopping);
        }
        catch (Exception exception)
        {
            log.LogInformation("The payment of order {Order} starts when it is due: {Cause}", payment.OrderId, exception.Message);
        }
        finally
        {
            Interlocked.Decrement(ref underway);
        }
    }
}

/// <summary>How payments begin (settings <c>Payments:…</c>).</summary>
public sealed class PaymentOptions
{
    /// <summary>Payments that a process has under way of those it started itself; any more go over the broker. 0: all of them do.</summary>
    [Range(0, 65_536)]
    public int StartedAtOnce { get; set; } = 256;
}

/// <summary>
/// Starts a payment that its own process had no time for. Says nothing when the provider is away: the order's own due time
/// brings it to <see cref="SettlePayments"/>.
/// </summary>
public sealed class AuthorizePaymentConsumer(PaymentDesk desk) : IConsumer<AuthorizePayment>
{
    public Task Consume(ConsumeContext<AuthorizePayment> context) =>
        desk.Charge(context.Message.OrderId, context.Message.Market, context.CancellationToken);
}

/// <summary>A payment waits for somebody else's machine, so many wait at the same time.</summary>
public sealed class AuthorizePaymentConsumerDefinition : ConsumerDefinition<AuthorizePaymentConsumer>
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<AuthorizePaymentConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.ConcurrentMessageLimit = 256;
}
