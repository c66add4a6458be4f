using MassTransit;
using MiStore.Messaging;

namespace MiStore.Checkout.Payments;

/// <summary>An order holds its units: now ask for its money. Said by Checkout to itself.</summary>
[MustArrive]
public sealed record AuthorizePayment(Guid OrderId, string Market);

/// <summary>
/// Starts a payment as soon as its order is committed. Says nothing when the provider is away: the order's own due time
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
