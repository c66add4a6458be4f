using MiStore.Journeys.Tests;

[assembly: AssemblyFixture(typeof(Store))]
// Most journeys wait for something; more of them than there are cores can wait at once.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]

namespace MiStore.Journeys.Tests;

/// <summary>
/// One open store for all journeys: the AppHost with everything behind it, reached through the gateway's URL. Its holds and
/// quotes are short, so that a test can live to see them end.
/// </summary>
public sealed class Store : IAsyncLifetime
{
    /// <summary>How long units are held unpaid. A kill and a restart fit into it, also on a busy machine.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(40);

    /// <summary>How many orders may wait for a market's lane: more than any test lets wait that does not mean to.</summary>
    public const int MaxWaiting = 300;

    static int products;

    Stack? stack;
    HttpClient? provider;
    string? operatorToken;

    public Stack Stack => stack!;

    public string OperatorToken => operatorToken!;

    /// <summary>Through the gateway, as anybody.</summary>
    public HttpClient Door => Stack.Client;

    /// <summary>A quote from the first moment of the store; by the last test it has run out.</summary>
    public (Shopper Shopper, Answer Quote) First { get; private set; }

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        stack = await Stack.Start(
            ("Reservations__HoldSeconds", $"{Hold.TotalSeconds}"),
            ("Reservations__MaxWaiting", $"{MaxWaiting}"),
            // Some journeys are a rush, beside others that look around: whom a busy gateway refuses is tried in its own tests.
            ("Load__Least", "4096"),
            ("Load__Most", "4096"),
            ("Sandbox__LateSeconds", $"{Hold.TotalSeconds + 4}"),
            ("Quotes__ValidMinutes", "1"));
        provider = new HttpClient { BaseAddress = new Uri(Stack.Resource("payment-sandbox").Url!) };
        provider.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_journeys");
        operatorToken = (await Door.Post("/api/dev/token", new { role = "store-operator", subject = "journeys" }))
            .ShouldBe(HttpStatusCode.OK)["accessToken"].GetString();

        var shopper = new Shopper(this, "GB");
        First = (shopper, await shopper.Quote((Goods.Band, 1)));
    }

    public async ValueTask DisposeAsync()
    {
        provider?.Dispose();
        if (stack is not null)
            await stack.DisposeAsync();
    }

    public Task<Answer> AsOperator(HttpMethod method, string path, object? body = null) =>
        Door.Ask(method, path, body, ("Authorization", $"Bearer {operatorToken}"));

    /// <summary>The units of a SKU in a market over all batches, as the operator sees them.</summary>
    public async Task<Units> UnitsOf(string market, string sku)
    {
        var batches = (await AsOperator(HttpMethod.Get, "/api/admin/batches")).ShouldBe(HttpStatusCode.OK)["batches"].EnumerateArray()
            .Where(batch => batch.At("market").GetString() == market && batch.At("sku").GetString() == sku)
            .ToList();
        int Sum(string what) => batches.Sum(batch => batch.At(what).GetInt32());
        return new Units(Sum("remaining"), Sum("reserved"), Sum("sold"));
    }

    /// <summary>What the provider's own book says of an order: amounts in the smallest unit, for each payment that took money.</summary>
    public async Task<List<(long Captured, long Refunded)>> MoneyTaken(Guid orderId)
    {
        var taken = new List<(long, long)>();
        for (var page = "/v1/book?limit=1000"; ;)
        {
            var book = (await provider!.Get(page)).ShouldBe(HttpStatusCode.OK);
            var payments = book["data"].EnumerateArray().ToList();
            taken.AddRange(payments
                .Where(payment => payment.At("order_id").GetString() == orderId.ToString() && payment.At("captured").GetInt64() > 0)
                .Select(payment => (payment.At("captured").GetInt64(), payment.At("refunded").GetInt64())));
            if (!book["has_more"].GetBoolean())
                return taken;
            page = $"/v1/book?limit=1000&after={payments[^1].At("id").GetString()}";
        }
    }

    /// <summary>The books balance, to the unit and the cent.</summary>
    public async Task ShouldHaveCleanBooks()
    {
        var audit = (await AsOperator(HttpMethod.Get, "/api/admin/audit")).ShouldBe(HttpStatusCode.OK);
        audit["clean"].GetBoolean().ShouldBeTrue(audit.Text);
        audit["differences"].GetArrayLength().ShouldBe(0);
    }

    /// <summary>
    /// A product that no other test buys, sold in one market at 10.00: for a test that counts units or changes terms.
    /// </summary>
    /// <returns>Its SKU, once every service has heard of it.</returns>
    public async Task<string> OwnProduct(string market, int units, DateTimeOffset? opensAt = null)
    {
        var number = Interlocked.Increment(ref products);
        var (slug, sku) = ($"journey-{number}", $"JOURNEY-{number}");
        var name = new Dictionary<string, string> { ["en"] = $"Journey {number}" };
        (await AsOperator(HttpMethod.Post, "/api/admin/products", new
        {
            product = new
            {
                slug,
                category = "power",
                texts = new { en = new { name = $"Journey {number}", summary = "One of its kind.", description = "Made for one test." } },
                specifications = Array.Empty<object>(),
                images = Array.Empty<object>(),
                variants = new[] { new { sku, names = name } },
            },
            why = "A test wants a product of its own.",
        })).ShouldBe(HttpStatusCode.Created);

        // Pricing hears of the product and says an offer, and the others hear that; a batch comes last, so that an order
        // which only asks whether Checkout has heard it takes no unit.
        await Eventually.Passes(async () => (await SetPrice(market, sku, "10.00")).ShouldBe(HttpStatusCode.OK));
        await Eventually.Passes(async () =>
            (await Door.Post("/api/carts", new { market, lines = new[] { new { sku, quantity = 1 } } })).ShouldBe(HttpStatusCode.Created));
        var asking = new Shopper(this, market);
        var quote = (await asking.Quote((sku, 1)))["quote"].GetString()!;
        foreach (var replica in Stack.Replicas("checkout"))
        {
            using var checkout = new HttpClient { BaseAddress = new Uri(replica.Url!) };
            await Eventually.Passes(async () =>
                (await checkout.Ask(HttpMethod.Post, "/api/orders", asking.Order(quote), ("Idempotency-Key", $"{sku}-{replica.Name}")))
                .ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open"));
        }

        (await Release(market, sku, units, opensAt)).ShouldBe(HttpStatusCode.Created);
        return sku;
    }

    public Task<Answer> SetPrice(string market, string sku, string amount) => AsOperator(
        HttpMethod.Put, "/api/admin/prices", new { market, sku, price = new { amount, currency = Goods.CurrencyOf(market) } });

    public Task<Answer> Release(string market, string sku, int quantity, DateTimeOffset? opensAt = null) => AsOperator(
        HttpMethod.Post, "/api/admin/batches", new { market, sku, quantity, opensAt = opensAt ?? DateTimeOffset.UtcNow.AddMinutes(-1) });

    /// <summary>Every process runs, and the gateway says that it is healthy.</summary>
    public async Task ShouldBeHealthy()
    {
        (await Door.Get("/health")).ShouldBe(HttpStatusCode.OK);
        Stack.Resources().Where(one => one.State != "healthy").Select(one => $"{one.Name} is {one.State}").ShouldBeEmpty();
    }
}

/// <summary>How many units of a SKU are where.</summary>
public sealed record Units(int Remaining, int Reserved, int Sold);

/// <summary>Tests that disturb everybody else: each alone, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
