using System.Net.Sockets;
using StackExchange.Redis;

namespace MiStore.Cart.Tests.Copies;

public sealed class When_Redis_is_deaf_at_the_start : IAsyncLifetime
{
    TestBroker broker = null!;
    TestRedis redis = null!;
    DeafAtFirst deaf = null!;
    ServiceUnderTest<Program> service = null!;

    [Fact]
    public async Task A_cart_reaches_it_within_seconds_of_its_hearing_again()
    {
        (await service.Client.Get("/api/carts/AAAAAAAAAAAAAAAAAAAAAA")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable");

        deaf.Hear();

        // Left to itself the client gives a connection that was never answered a minute.
        await Eventually.Passes(
            async () => (await service.Client.Get("/api/carts/AAAAAAAAAAAAAAAAAAAAAA")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart"),
            within: TimeSpan.FromSeconds(40));
    }

    public async ValueTask InitializeAsync()
    {
        broker = await TestBroker.Create();
        redis = await TestRedis.Create();
        deaf = new DeafAtFirst(redis.ConnectionString);
        service = await new ServiceUnderTest<Program>().Using(broker).With("ConnectionStrings:redis", deaf.ConnectionString)
            .With("Logging:LogLevel:Default", "Error").Start();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await deaf.DisposeAsync();
        await redis.DisposeAsync();
        await broker.DisposeAsync();
    }

    /// <summary>Takes every connection, and carries only those on to Redis that come when it hears.</summary>
    sealed class DeafAtFirst : IAsyncDisposable
    {
        readonly CancellationTokenSource gone = new();
        readonly TcpListener entrance = new(IPAddress.Loopback, 0);
        readonly ConfigurationOptions options;
        readonly EndPoint redis;
        readonly Task accepting;
        volatile bool hears;

        public DeafAtFirst(string connectionString)
        {
            options = ConfigurationOptions.Parse(connectionString);
            redis = options.EndPoints.Single();
            entrance.Start();
            options.EndPoints.Clear();
            options.EndPoints.Add(IPAddress.Loopback, ((IPEndPoint)entrance.LocalEndpoint).Port);
            accepting = Accept();
        }

        public string ConnectionString => options.ToString(includePassword: true);

        public void Hear() => hears = true;

        public async ValueTask DisposeAsync()
        {
            await gone.CancelAsync();
            entrance.Stop();
            await accepting;
        }

        async Task Accept()
        {
            try
            {
                while (true)
                    _ = Carry(await entrance.AcceptTcpClientAsync(gone.Token));
            }
            catch (OperationCanceledException)
            {
            }
        }

        async Task Carry(TcpClient client)
        {
            using (client)
            using (var server = new TcpClient())
                try
                {
                    if (!hears)
                        await Task.Delay(Timeout.Infinite, gone.Token);
                    await server.Client.ConnectAsync(redis, gone.Token);
                    await Task.WhenAny(
                        client.GetStream().CopyToAsync(server.GetStream(), gone.Token),
                        server.GetStream().CopyToAsync(client.GetStream(), gone.Token));
                }
                catch (Exception exception) when (exception is OperationCanceledException or SocketException)
                {
                }
        }
    }
}
