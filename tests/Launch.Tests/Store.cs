using MiStore.Messaging;
using MiStore.PaymentSandbox;

namespace MiStore.Launch.Tests;

/// <summary>
/// The services as they are, in this process, with their own seed: they hear one another over a real broker, keep their
/// own stores, and read one clock that the test moves. Only the gateway is left out; nobody is played.
/// </summary>
public sealed class Store : ServersFixture
{
    /// <summary>A day before the first test sale.</summary>
    public static readonly DateTimeOffset Start18May = new(2015, 5, 18, 12, 0, 0, TimeSpan.Zero);

    readonly List<TestDatabase> databases = [];
    TestBroker broker = null!;
    TestRedis redis = null!;
    ServiceUnderTest<SandboxOptions> sandbox = null!;
    ServiceUnderTest<MiStore.Pricing.Markets.Market> pricing = null!;
    ServiceUnderTest<MiStore.Catalog.Products.Product> catalog = null!;
    ServiceUnderTest<MiStore.Checkout.Orders.Order> checkout = null!;
    ServiceUnderTest<MiStore.Cart.Carts.Cart> cart = null!;

    public TestClock Clock { get; } = new(Start18May);

    public HttpClient Pricing => pricing.Client;

    public HttpClient Catalog => catalog.Client;

    public HttpClient Cart => cart.Client;

    public HttpClient Checkout => checkout.Client;

    /// <summary>An operator's token lasts an hour of the store's clock, so each call signs in anew.</summary>
    public async Task<Answer> Operate(HttpMethod method, string path, object? body = null, string subject = "ada")
    {
        using var client = path.Split('/', '?')[3] switch
        {
            "products" or "categories" => catalog.Operator(subject),
            "batches" or "audit" or "tax-report" => checkout.Operator(subject),
            _ => pricing.Operator(subject),
        };
        return await client.Ask(method, path, body);
    }

    protected override async Task Start()
    {
        broker = await TestBroker.Create();
        redis = await TestRedis.Create();
        sandbox = await new ServiceUnderTest<SandboxOptions>().Using(await Database<SandboxOptions>(), "sandboxdb").Using(Clock)
            .With("Webhooks:Endpoint", "http://127.0.0.1:9") // its answers are enough; the reports are tried elsewhere
            .Start();
        pricing = await Service<MiStore.Pricing.Markets.Market>().Using(await Database<MiStore.Pricing.Markets.Market>(), "pricingdb").Start();
        catalog = await Service<MiStore.Catalog.Products.Product>().Using(await Database<MiStore.Catalog.Products.Product>(), "catalogdb").Start();
        checkout = await Service<MiStore.Checkout.Orders.Order>().Using(await Database<MiStore.Checkout.Orders.Order>(), "checkoutdb")
            .With("Stripe:BaseAddress", sandbox.Client.BaseAddress!.ToString())
            .With("Stripe:TimeoutSeconds", "60") // who gave up would ask again by the clock, which stands still
            .Start();
        cart = await Service<MiStore.Cart.Carts.Cart>().Using(redis).Start();

        foreach (var client in new[] { Pricing, Catalog, Checkout, Cart })
            await Eventually.Passes(async () => (await client.Get("/health")).ShouldBe(HttpStatusCode.OK));
    }

    protected override async Task Stop()
    {
        await cart.DisposeAsync();
        await checkout.DisposeAsync();
        await catalog.DisposeAsync();
        await pricing.DisposeAsync();
        await sandbox.DisposeAsync();
        await redis.DisposeAsync();
        await broker.DisposeAsync();
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    ServiceUnderTest<T> Service<T>() where T : class => new ServiceUnderTest<T>().Using(broker).Using(Clock);

    async Task<TestDatabase> Database<T>()
    {
        var database = typeof(T) == typeof(SandboxOptions)
            ? await TestDatabase.Create(typeof(T).Assembly)
            : await TestDatabase.Create(typeof(UnitOfWork).Assembly, typeof(T).Assembly);
        databases.Add(database);
        return database;
    }
}
