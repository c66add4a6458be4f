using System.Net.Http.Headers;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using MiStore.ServiceDefaults;

namespace MiStore.Testing;

/// <summary>
/// A service as it is, its own Program and all, in this process: on real Kestrel (so that its limits hold) and on the
/// test's own database, Redis and broker.
/// </summary>
public sealed class ServiceUnderTest<TProgram> : IAsyncDisposable where TProgram : class
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Dictionary<string, string?> settings = new()
    {
        ["Operators:Key"] = TestKeys.Operators,
        ["Quotes:Key"] = TestKeys.Quotes,
        ["Tickets:Key"] = TestKeys.Tickets,
        ["WaitingRoom:SeedKey"] = TestKeys.Seeds,
        ["Orders:AccessKey"] = TestKeys.Orders,
        ["Receipts:Key"] = TestKeys.Receipts,
        ["Webhooks:Secret"] = TestKeys.Webhooks,
        ["Stripe:WebhookSecret"] = TestKeys.Webhooks,
        ["Notices:Key"] = TestKeys.Notices,
        ["Notices:StoreUrl"] = "http://store.test",
        ["Mail:Folder"] = Path.Combine(Path.GetTempPath(), $"mistore-mail-{Guid.NewGuid():n}"), // made with the first mail
        ["Logging:LogLevel:Default"] = "Warning",
    };

    readonly List<Action<IServiceCollection>> services = [];
    TestBroker? broker;
    Factory? factory;

    /// <summary>Anonymous, as a shopper.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => factory!.Services;

    public ServiceUnderTest<TProgram> Using(TestDatabase database, string name) => With($"ConnectionStrings:{name}", database.ConnectionString);

    public ServiceUnderTest<TProgram> Using(TestRedis redis) => With("ConnectionStrings:redis", redis.ConnectionString);

    public ServiceUnderTest<TProgram> Using(TestBroker theBroker)
    {
        broker = theBroker;
        return With("ConnectionStrings:rabbitmq", theBroker.Address).With("Messaging:Prefix", theBroker.Prefix);
    }

    public ServiceUnderTest<TProgram> Using(TimeProvider clock) => With(collection => collection.Replace(ServiceDescriptor.Singleton(clock)));

    public ServiceUnderTest<TProgram> With(string setting, string? value)
    {
        settings[setting] = value;
        return this;
    }

    /// <summary>For what we do not own and have to play, such as a payment provider.</summary>
    public ServiceUnderTest<TProgram> With(Action<IServiceCollection> changes)
    {
        services.Add(changes);
        return this;
    }

    /// <summary>Returns when the service serves and its queues are bound: what is published from now on is heard.</summary>
    public async Task<ServiceUnderTest<TProgram>> Start()
    {
        factory = new Factory(settings, services);
        factory.UseKestrel(); // without a port: the factory would set it while the program may already be listening
        factory.StartServer();
        Client = factory.CreateClient();

        if (factory.Services.GetService<IBusControl>() is { } bus && broker is not null)
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, Patience);
            broker.Owns(bus, typeof(TProgram).Assembly);
        }

        return this;
    }

    /// <summary>A client who may operate the store, or (with another role) one who may not.</summary>
    public HttpClient Operator(string subject = "ada", string role = Operators.Role)
    {
        var now = factory!.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var client = factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Operators.Issue(
            new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(TestKeys.Operators)), role, subject, now, now.AddHours(1)));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null)
            await factory.DisposeAsync();
    }

    sealed class Factory(Dictionary<string, string?> settings, List<Action<IServiceCollection>> services) : WebApplicationFactory<TProgram>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseContentRoot(AppContext.BaseDirectory);
            builder.UseEnvironment("Development");
            builder.UseUrls("http://127.0.0.1:0");
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);

            builder.ConfigureLogging(logging => logging.ClearProviders().AddConsole());
            builder.ConfigureServices(collection => services.ForEach(change => change(collection)));
        }
    }
}

/// <summary>The secrets of services under test.</summary>
public static class TestKeys
{
    public const string Operators = "operators-key-of-the-tests-0123456789abcdef";
    public const string Quotes = "quotes-key-of-the-tests-0123456789abcdef";
    public const string Tickets = "tickets-key-of-the-tests-0123456789abcdef";
    public const string Seeds = "seeds-key-of-the-tests-0123456789abcdef";
    public const string Orders = "orders-key-of-the-tests-0123456789abcdef";
    public const string Receipts = "receipts-key-of-the-tests-0123456789abcdef";
    public const string Notices = "notices-key-of-the-tests-0123456789abcdef";
    public const string Webhooks = "webhooks-key-of-the-tests-0123456789abcdef";
}
