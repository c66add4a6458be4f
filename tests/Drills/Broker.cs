using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MiStore.Drills;

/// <summary>The broker as somebody sees it who stands beside the services.</summary>
public static class Broker
{
    /// <summary>Every shared queue, and the exchange of the message that it hears. The gateway's are each instance's own.</summary>
    public static readonly IReadOnlyList<(string Queue, string Exchange)> Queues =
    [
        ("pricing-product-published", "MiStore.Contracts.Products:ProductPublished"),
        ("pricing-replay-requested", "MiStore.Contracts.Replays:ReplayRequested"),
        ("pricing-replay-finished", "MiStore.Contracts.Replays:ReplayFinished"),
        ("catalog-market-changed", "MiStore.Contracts.Markets:MarketChanged"),
        ("catalog-offer-published", "MiStore.Contracts.Offers:OfferPublished"),
        ("catalog-availability-changed", "MiStore.Contracts.Stock:AvailabilityChanged"),
        ("catalog-replay-requested", "MiStore.Contracts.Replays:ReplayRequested"),
        ("catalog-replay-finished", "MiStore.Contracts.Replays:ReplayFinished"),
        ("cart-offer-published", "MiStore.Contracts.Offers:OfferPublished"),
        ("cart-market-changed", "MiStore.Contracts.Markets:MarketChanged"),
        ("cart-product-published", "MiStore.Contracts.Products:ProductPublished"),
        ("cart-replay-finished", "MiStore.Contracts.Replays:ReplayFinished"),
        ("checkout-offer-published", "MiStore.Contracts.Offers:OfferPublished"),
        ("checkout-replay-requested", "MiStore.Contracts.Replays:ReplayRequested"),
        ("checkout-replay-finished", "MiStore.Contracts.Replays:ReplayFinished"),
    ];

    public static Task<IConnection> Connect(Store store, CancellationToken cancellation) =>
        new ConnectionFactory { Uri = new Uri(store.RabbitMq) }.CreateConnectionAsync(cancellation);

    /// <summary>
    /// While it lives, every message that a service is sent comes to it twice more, under the same message id: once at
    /// once and once up to two seconds later, when newer ones have overtaken it.
    /// </summary>
    public sealed class Repeater : IAsyncDisposable
    {
        readonly IConnection connection;
        readonly IChannel channel;
        readonly ConcurrentBag<Task> later = [];
        readonly SemaphoreSlim one = new(1);
        int repeated;

        Repeater(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

        public int Repeated => repeated;

        public static async Task<Repeater> Start(Store store, int seed, CancellationToken cancellation)
        {
            var connection = await Connect(store, cancellation);
            var repeater = new Repeater(connection, await connection.CreateChannelAsync(cancellationToken: cancellation));
            var random = new Random(seed);
            foreach (var (queue, exchange) in Queues)
            {
                var copy = await repeater.channel.QueueDeclareAsync(cancellationToken: cancellation);
                await repeater.channel.QueueBindAsync(copy.QueueName, exchange, "", cancellationToken: cancellation);
                var consumer = new AsyncEventingBasicConsumer(repeater.channel);
                consumer.ReceivedAsync += async (_, message) =>
                {
                    // Past the exchange, straight into the one queue: our own copy does not hear it again.
                    var (body, properties) = (message.Body.ToArray(), new BasicProperties(message.BasicProperties));
                    await repeater.Send(queue, properties, body);
                    int delay;
                    lock (random)
                        delay = random.Next(50, 2_000);
                    repeater.later.Add(Task.Run(async () =>
                    {
                        await Task.Delay(delay);
                        await repeater.Send(queue, properties, body);
                    }));
                };
                await repeater.channel.BasicConsumeAsync(copy.QueueName, autoAck: true, consumer, cancellation);
            }

            return repeater;
        }

        async Task Send(string queue, BasicProperties properties, byte[] body)
        {
            await one.WaitAsync();
            try
            {
                await channel.BasicPublishAsync("", queue, mandatory: false, properties, body);
                Interlocked.Increment(ref repeated);
            }
            finally
            {
                one.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(later);
            await channel.DisposeAsync();
            await connection.DisposeAsync();
            one.Dispose();
        }
    }
}
