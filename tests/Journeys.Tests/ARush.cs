using System.Text.Json;

namespace MiStore.Journeys.Tests;

/// <summary>A store in which nobody else buys, with as many connections to its door as a test asks for.</summary>
public sealed class ARush : IAsyncDisposable
{
    const string Market = "US";

    readonly HttpClient provider = new();
    string? operatorToken;

    ARush(Stack stack)
    {
        Stack = stack;
        Door = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = stack.Url, Timeout = TimeSpan.FromMinutes(2) };
        provider.BaseAddress = new Uri(stack.Resource("payment-sandbox").Url!);
        provider.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_rush");
    }

    public Stack Stack { get; }

    HttpClient Door { get; }

    public static async Task<ARush> Open(params (string Name, string Value)[] settings)
    {
        var rush = new ARush(await Stack.Start(settings));
        rush.operatorToken = (await rush.Door.Post("/api/dev/token", new { role = "store-operator", subject = "rush" }))
            .ShouldBe(HttpStatusCode.OK)["accessToken"].GetString();
        return rush;
    }

    public async ValueTask DisposeAsync()
    {
        provider.Dispose();
        Door.Dispose();
        await Stack.DisposeAsync();
    }

    /// <summary>Exactly these are there to be sold: what the store opened with is withdrawn first.</summary>
    public async Task Stock(string sku, int units)
    {
        foreach (var batch in await Batches(sku))
            (await AsOperator(HttpMethod.Post, $"/api/admin/batches/{batch.At("id").GetString()}/withdrawal")).ShouldBe(HttpStatusCode.OK);
        (await AsOperator(HttpMethod.Post, "/api/admin/batches", new { market = Market, sku, quantity = units, opensAt = DateTimeOffset.UtcNow.AddMinutes(-1) }))
            .ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>A price, which many may accept; each buyer's order is still the buyer's own.</summary>
    public async Task<string> Quote(string sku) => (await Door.Post("/api/quotes", new
    {
        market = Market,
        lines = new[] { new { sku, quantity = 1 } },
        destination = new { country = Market, region = "OR", postalCode = "97201" },
        shippingMethod = "standard",
    })).ShouldBe(HttpStatusCode.OK)["quote"].GetString()!;

    /// <summary>Asks until there is a definite answer: who is busy says when to come back, and the key makes that harmless.</summary>
    public async Task<Answer> Order(string quote, int buyer, string key, Action busy)
    {
        var order = JsonSerializer.Serialize(new
        {
            quote,
            customer = new { email = $"rush{buyer}@example.org", name = $"Buyer {buyer}" },
            shippingAddress = new
            {
                name = $"Buyer {buyer}", line1 = $"{buyer} Rush Street", city = "Portland", region = "OR", postalCode = "97201", country = Market,
            },
            payment = new { method = "card", token = "tok_ok" },
        });
        while (true)
        {
            var answer = await Door.Ask(HttpMethod.Post, "/api/orders", order, ("Idempotency-Key", key));
            if (answer.Status != (int)HttpStatusCode.ServiceUnavailable)
                return answer;

            var pause = answer.Headers.RetryAfter?.Delta;
            pause.ShouldNotBeNull(answer.Text);
            busy();
            await Task.Delay(pause.Value, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Units of a SKU over its batches that have not been withdrawn.</summary>
    public async Task<Units> UnitsOf(string sku)
    {
        var batches = await Batches(sku);
        int Sum(string what) => batches.Sum(batch => batch.At(what).GetInt32());
        return new Units(Sum("remaining"), Sum("reserved"), Sum("sold"));
    }

    /// <summary>What the provider's own book has for an order.</summary>
    public async Task<List<JsonElement>> PaymentsOf(Guid orderId)
    {
        var found = new List<JsonElement>();
        for (var page = "/v1/book?limit=1000"; ;)
        {
            var book = (await provider.Get(page)).ShouldBe(HttpStatusCode.OK);
            var payments = book["data"].EnumerateArray().ToList();
            found.AddRange(payments.Where(payment => payment.At("order_id").GetString() == orderId.ToString() && payment.At("captured").GetInt64() > 0));
            if (!book["has_more"].GetBoolean())
                return found;
            page = $"/v1/book?limit=1000&after={payments[^1].At("id").GetString()}";
        }
    }

    /// <summary>The books balance, ours and the provider's, to the unit and the cent.</summary>
    public async Task ShouldHaveCleanBooks()
    {
        var audit = (await AsOperator(HttpMethod.Get, "/api/admin/audit")).ShouldBe(HttpStatusCode.OK);
        audit["clean"].GetBoolean().ShouldBeTrue(audit.Text);
    }

    async Task<List<JsonElement>> Batches(string sku) =>
        [.. (await AsOperator(HttpMethod.Get, "/api/admin/batches")).ShouldBe(HttpStatusCode.OK)["batches"].EnumerateArray()
            .Where(batch => batch.At("market").GetString() == Market && batch.At("sku").GetString() == sku)];

    Task<Answer> AsOperator(HttpMethod method, string path, object? body = null) =>
        Door.Ask(method, path, body, ("Authorization", $"Bearer {operatorToken}"));
}
