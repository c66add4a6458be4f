using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MiStore.Messaging;

/// <summary>
/// Connects the service's queues to the bus, and connects one anew that has not been read for a while. Of itself the bus
/// reconnects after most failures, not after all: where a connection ends while a reader's second question waits for the
/// first to be answered, the broker's client forgets the second (rabbitmq-dotnet-client #1976, in 7.2.2 too), the reader
/// waits for it for ever, and starting the whole bus again leaves it out.
/// </summary>
sealed class Readers(IBusRegistrationContext registrations, IBusControl bus, ILogger<Readers> log)
    : BackgroundService, IReceiveConfigurator<IReceiveEndpointConfigurator>
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // Longer than the bus takes between most of its own attempts; while the broker is away this is one attempt more.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly List<Reader> readers = [];

    /// <summary>Before the bus itself starts, so that it counts as started only when all of them read.</summary>
    public override Task StartAsync(CancellationToken cancellation)
    {
        registrations.ConfigureEndpoints(this, endpointNameFormatter: null);
        return base.StartAsync(cancellation);
    }

    // What the bus is told of when it configures itself, kept to be told again.
    public void ReceiveEndpoint(IEndpointDefinition definition, IEndpointNameFormatter? names, Action<IReceiveEndpointConfigurator>? configure) =>
        readers.Add(new Reader(() => bus.ConnectReceiveEndpoint(definition, names, configure)));

    public void ReceiveEndpoint(string queue, Action<IReceiveEndpointConfigurator> configure) =>
        readers.Add(new Reader(() => bus.ConnectReceiveEndpoint(queue, configure)));

    public ConnectHandle ConnectEndpointConfigurationObserver(IEndpointConfigurationObserver observer) =>
        bus.ConnectEndpointConfigurationObserver(observer);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Look, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var health = bus.CheckHealth().Endpoints;
            foreach (var reader in readers.Where(reader => !stopping.IsCancellationRequested && reader.HasBeenIdle(health) >= Patience))
                await ConnectAnew(reader, stopping);
        }
    }

    async Task ConnectAnew(Reader reader, CancellationToken stopping)
    {
        log.LogWarning("{Queue} has not been read for {Seconds:0} s and is connected anew", reader.Queue, Patience.TotalSeconds);
        try
        {
            // One that hangs never stops; from the first moment of this it is no longer the bus's.
            await reader.Stop(stopping).WaitAsync(StopTimeout, TimeProvider.System, stopping);
        }
        catch (Exception exception)
        {
            log.LogDebug(exception, "The former reader of {Queue} did not stop", reader.Queue);
        }

        if (!stopping.IsCancellationRequested)
            reader.Connect();
    }

    sealed class Reader
    {
        readonly Func<HostReceiveEndpointHandle> connect;
        HostReceiveEndpointHandle handle;
        long? idleSince;

        public Reader(Func<HostReceiveEndpointHandle> connect)
        {
            this.connect = connect;
            handle = connect();
        }

        public string Queue => Address.Segments[^1];

        Uri Address => handle.ReceiveEndpoint.InputAddress;

        public TimeSpan HasBeenIdle(IReadOnlyDictionary<string, EndpointHealthResult> health)
        {
            if (handle.Ready.IsCompletedSuccessfully && health.TryGetValue(Address.ToString(), out var found) && found.Status == BusHealthStatus.Healthy)
            {
                idleSince = null;
                return TimeSpan.Zero;
            }

            idleSince ??= TimeProvider.System.GetTimestamp();
            return TimeProvider.System.GetElapsedTime(idleSince.Value);
        }

        public Task Stop(CancellationToken cancellation) => handle.StopAsync(cancellation);

        public void Connect()
        {
            idleSince = null;
            handle = connect();
        }
    }
}
