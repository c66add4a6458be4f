using System.Collections.Concurrent;
using System.Text.Json;
using MiStore.Drills.Books;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MiStore.Drills;

/// <summary>The broker as somebody sees it who stands beside the services.</summary>
public static class Broker
{
    /// <summary>Every shared queue but the mails', and the exchange of the message that it hears. The gateway's are each instance's own.</summary>
    public static readonly IReadOnlyList<(string Queue, string Exchange)> Queues =
    [
        ("pricing-product-published", "MiStore.Contracts.Products:ProductPublished"),
        ("pricing-availability-changed", "MiStore.Contracts.Stock:AvailabilityChanged"),
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
        ("cart-availability-changed", "MiStore.Contracts.Stock:AvailabilityChanged"),
        ("cart-orders-progressed", "MiStore.Contracts.Orders:OrdersProgressed"),
        ("cart-replay-finished", "MiStore.Contracts.Replays:ReplayFinished"),
        ("checkout-offer-published", "MiStore.Contracts.Offers:OfferPublished"),
        ("checkout-ticket-list-closed", "MiStore.Contracts.Sales:TicketListClosed"),
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

    /// <summary>
    /// Asks each service that can be asked for a replay, and counts how often one says that it has made it: what a message does, seen
    /// from outside. Each of these messages comes as often as every other.
    /// </summary>
    public sealed class Effects : IAsyncDisposable
    {
        const string By = "drill";
        const int Times = 5;
        static readonly string[] Producers = ["checkout", "pricing", "catalog"];

        readonly IConnection connection;
        readonly IChannel channel;
        readonly ConcurrentDictionary<string, string> made = []; // by the message's id: it may be carried twice

        Effects(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

        public static async Task<Effects> Start(Store store, CancellationToken cancellation)
        {
            var connection = await Connect(store, cancellation);
            var effects = new Effects(connection, await connection.CreateChannelAsync(cancellationToken: cancellation));
            var queue = await effects.channel.QueueDeclareAsync(cancellationToken: cancellation);
            await effects.channel.QueueBindAsync(queue.QueueName, "MiStore.Contracts.Replays:ReplayFinished", "", cancellationToken: cancellation);
            var consumer = new AsyncEventingBasicConsumer(effects.channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                using var read = JsonDocument.Parse(message.Body);
                var said = read.RootElement.GetProperty("message");
                if (said.GetProperty("by").GetString() == By)
                    effects.made[read.RootElement.GetProperty("messageId").GetString()!] = said.GetProperty("producer").GetString()!;
                return Task.CompletedTask;
            };
            await effects.channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellation);

            for (var time = 0; time < Times; time++)
                foreach (var producer in Producers)
                    await effects.channel.BasicPublishAsync(
                        "MiStore.Contracts.Replays:ReplayRequested", "", mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json" },
                        JsonSerializer.SerializeToUtf8Bytes(new
                        {
                            messageId = Guid.CreateVersion7(), messageType = new[] { "urn:message:MiStore.Contracts.Replays:ReplayRequested" },
                            message = new { by = By, producer },
                        }), cancellation);
            return effects;
        }

        public Finding Find()
        {
            var counts = Producers.Select(producer => (Producer: producer, Made: made.Values.Count(by => by == producer))).ToList();
            return new Finding(
                Verdict.DoubleEffects, counts.Sum(count => Math.Abs(count.Made - Times)),
                string.Join(", ", counts.Select(count => $"{count.Producer} made {count.Made} of {Times} replays")));
        }

        public async ValueTask DisposeAsync()
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
