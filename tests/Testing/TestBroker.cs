using System.Collections.Concurrent;
using System.Reflection;
using MassTransit;
using MassTransit.RabbitMqTransport;
using MiStore.Contracts;
using RabbitMQ.Client;

namespace MiStore.Testing;

/// <summary>
/// A part of the RabbitMQ server of one's own: every queue and exchange of the test and of the services in it begins
/// with the same unique prefix, so that nothing of another test, before or beside it, is ever heard. (A virtual host each
/// would do the same, but only the management plug-in can make one.)
/// </summary>
public sealed class TestBroker : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly IBusControl bus;
    readonly ConcurrentDictionary<string, bool> queues = new();
    readonly ConcurrentDictionary<Type, bool> messages = new();

    TestBroker()
    {
        Prefix = $"test-{Guid.NewGuid().ToString("n")[..12]}-";
        Address = TestServers.RabbitMq;
        var address = new Uri(Address);
        bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(address.Host, (ushort)(address.Port > 0 ? address.Port : 5672), "/", "tests", host =>
            {
                var user = address.UserInfo.Split(':', 2);
                host.Username(Uri.UnescapeDataString(user[0]));
                host.Password(Uri.UnescapeDataString(user.ElementAtOrDefault(1) ?? ""));
            });
            rabbit.MessageTopology.SetEntityNameFormatter(new PrefixEntityNameFormatter(rabbit.MessageTopology.EntityNameFormatter, Prefix));
        });
    }

    public string Address { get; }

    public string Prefix { get; }

    public static async Task<TestBroker> Create()
    {
        var broker = new TestBroker();
        using var deadline = new CancellationTokenSource(Patience);
        await broker.bus.StartAsync(deadline.Token);
        return broker;
    }

    /// <summary>Says something as another service would.</summary>
    /// <param name="messageId">The same id twice is a repeat of one message.</param>
    public async Task Publish(object message, Guid? messageId = null)
    {
        messages.TryAdd(message.GetType(), true);
        using var deadline = new CancellationTokenSource(Patience);
        await bus.Publish(message, message.GetType(), context => context.MessageId = messageId ?? context.MessageId, deadline.Token);
    }

    /// <summary>Hears everything of a kind that is published from now on.</summary>
    /// <param name="on">What to do with each, for playing another service's part.</param>
    public async Task<Heard<T>> Listen<T>(Func<T, Task>? on = null) where T : class
    {
        messages.TryAdd(typeof(T), true);
        var heard = new Heard<T>();
        var handle = bus.ConnectReceiveEndpoint(new TemporaryEndpointDefinition(), KebabCaseEndpointNameFormatter.Instance, endpoint =>
            endpoint.Handler<T>(async context =>
            {
                heard.Add(context);
                if (on is not null)
                    await on(context.Message);
            }));
        await handle.Ready.WaitAsync(Patience);
        return heard;
    }

    /// <summary>Remembers what a service made here, to be removed with the broker.</summary>
    public void Owns(IBusControl other, Assembly service)
    {
        foreach (var endpoint in other.CheckHealth().Endpoints.Values)
            queues.TryAdd(endpoint.InputAddress.Segments[^1], true);

        foreach (var consumed in service.GetTypes()
            .SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConsumer<>)))
            messages.TryAdd(consumed.GenericTypeArguments[0], true);
    }

    public async ValueTask DisposeAsync()
    {
        await bus.StopAsync(Patience);

        // Of itself it gives a busy server ten seconds to shake hands, and nobody asks twice.
        await using var connection = await new ConnectionFactory
        {
            Uri = new Uri(Address), RequestedConnectionTimeout = Patience, HandshakeContinuationTimeout = Patience, ContinuationTimeout = Patience,
        }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in queues.Keys.SelectMany(name => new[] { name, name + "_error", name + "_skipped" }))
        {
            await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false);
            await channel.ExchangeDeleteAsync(queue, ifUnused: false);
        }

        var names = new RabbitMqMessageNameFormatter();
        var contracts = typeof(Money).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false });
        foreach (var message in messages.Keys.Union(contracts))
            await channel.ExchangeDeleteAsync(Prefix + names.GetMessageName(message), ifUnused: false);
    }
}

/// <summary>What was heard so far.</summary>
public sealed class Heard<T> where T : class
{
    readonly ConcurrentQueue<(Guid? Id, T Message)> all = new();

    public IReadOnlyList<T> Messages => [.. all.Select(heard => heard.Message)];

    public IReadOnlyList<Guid?> MessageIds => [.. all.Select(heard => heard.Id)];

    /// <summary>The first that fits, as soon as there is one.</summary>
    public Task<T> First(Func<T, bool>? fits = null, TimeSpan? within = null) => Eventually.Passes(
        () => Task.FromResult(Messages.FirstOrDefault(fits ?? (_ => true))
            ?? throw new TimeoutException($"No such {typeof(T).Name} among the {all.Count} that were heard.")), within);

    internal void Add(ConsumeContext<T> context) => all.Enqueue((context.MessageId, context.Message));
}
