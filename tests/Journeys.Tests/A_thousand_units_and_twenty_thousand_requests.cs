using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace MiStore.Journeys.Tests;

/// <summary>The rush of a launch, over HTTP through the gateway, in a store of its own.</summary>
[Collection(Alone.Name)]
public sealed class A_thousand_units_and_twenty_thousand_requests(ARush rush, ITestOutputHelper output) : IClassFixture<ARush>
{
    const int Units = 1_000, Requests = 20_000, Connections = 256;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Exactly_a_thousand_are_sold_and_everybody_hears_so()
    {
        await rush.Stock(Goods.Band, Units);
        var quote = await rush.Quote(Goods.Band);

        var (next, busy) = (0, 0);
        var answers = new ConcurrentBag<(Answer Answer, double Milliseconds)>();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var buyer && buyer <= Requests)
            {
                var asked = Stopwatch.GetTimestamp();
                var answer = await rush.Order(quote, buyer, key: $"rush-{buyer}", () => Interlocked.Increment(ref busy));
                answers.Add((answer, Stopwatch.GetElapsedTime(asked).TotalMilliseconds));
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        var (sold, refused) = (answers.Where(it => it.Answer.Status == 201).ToList(), answers.Where(it => it.Answer.Status != 201).ToList());
        foreach (var (answer, _) in refused)
            answer.ShouldBeProblem(HttpStatusCode.Conflict, "sold-out");
        sold.Count.ShouldBe(Units);
        sold.Select(it => it.Answer["id"].GetGuid()).Distinct().Count().ShouldBe(Units);
        (sold.Count + refused.Count).ShouldBe(Requests);
        await Eventually.Passes(async () => (await rush.UnitsOf(Goods.Band)).ShouldBe(new Units(0, 0, Units)), Patience);
        await rush.ShouldHaveCleanBooks();

        var times = answers.Select(it => it.Milliseconds).Order().ToList();
        Print($"{Requests:N0} requests for {Units:N0} units from {Connections} connections: {sold.Count:N0} sold, {refused.Count:N0} refused, {busy:N0} asked to come back");
        Print($"p50 {times[Requests / 2]:F0} ms, p99 {times[Requests * 99 / 100]:F0} ms, {seconds:F1} s, {Requests / seconds:F0} answers/s; all paid {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s after the start");
    }

    [Fact]
    public async Task A_hundred_equal_orders_at_once_are_one_order_one_charge_and_equal_answers()
    {
        var quote = await rush.Quote(Goods.Headphones);
        var before = await rush.UnitsOf(Goods.Headphones);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => rush.Order(quote, buyer: 0, key: "one-order", () => { })));

        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 201);
        // All of it but how far the payment has come by the time of the answer.
        answers.Select(answer => (answer["id"].GetGuid(), answer["number"].GetString(), answer["accessToken"].GetString(),
                answer["total"].GetRawText(), answer["lines"].GetRawText(), answer["placedAt"].GetRawText(), answer["reservedUntil"].GetRawText()))
            .Distinct().ShouldHaveSingleItem();
        await Eventually.Passes(async () =>
            (await rush.UnitsOf(Goods.Headphones)).ShouldBe(before with { Remaining = before.Remaining - 1, Sold = before.Sold + 1 }), Patience);
        (await rush.PaymentsOf(answers[0]["id"].GetGuid())).ShouldHaveSingleItem().At("refunded").GetInt64().ShouldBe(0);
        await rush.ShouldHaveCleanBooks();
    }

    void Print(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}

/// <summary>A store in which nobody else buys, with as many connections to its door as a test asks for.</summary>
public sealed class ARush : IAsyncLifetime
{
    const string Market = "US";

    readonly HttpClient provider = new();
    Stack? stack;
    HttpClient? door;
    string? operatorToken;

    HttpClient Door => door!;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        // Of every service two, that know nothing of each other: what one has sold the other must not sell.
        stack = await Stack.Start(("MISTORE_REPLICAS", "2"));
        door = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = stack.Url, Timeout = TimeSpan.FromMinutes(2) };
        provider.BaseAddress = new Uri(stack.Resource("payment-sandbox").Url!);
        provider.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_rush");
        operatorToken = (await Door.Post("/api/dev/token", new { role = "store-operator", subject = "rush" }))
            .ShouldBe(HttpStatusCode.OK)["accessToken"].GetString();
    }

    public async ValueTask DisposeAsync()
    {
        provider.Dispose();
        door?.Dispose();
        if (stack is not null)
            await stack.DisposeAsync();
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
