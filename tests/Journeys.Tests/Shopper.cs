using System.Text.Json;

namespace MiStore.Journeys.Tests;

/// <summary>Somebody who buys, with an e-mail address and a street of their own: limits count both.</summary>
/// <param name="region">The state, in the US.</param>
public sealed class Shopper(Store store, string market, string? region = null)
{
    static int shoppers;

    readonly int number = Interlocked.Increment(ref shoppers);

    HttpClient Door => store.Door;

    string? Region => market == "US" ? region ?? "OR" : null;

    string PostalCode => (market, Region) switch
    {
        ("US", "CA") => "95110",
        ("US", "NY") => "10001",
        ("US", _) => "97201",
        ("GB" or "UK", _) => "EC1A 1BB",
        ("DE", _) => "10115",
        _ => "75001",
    };

    public async Task<Answer> OpenCart(params (string Sku, int Quantity)[] lines) =>
        (await Door.Post("/api/carts", new { market, lines = Json(lines) })).ShouldBe(HttpStatusCode.Created);

    public Task<Answer> AskQuote(params (string Sku, int Quantity)[] lines) => Door.Post("/api/quotes", new
    {
        market,
        lines = Json(lines),
        destination = new { country = market, region = Region, postalCode = PostalCode },
        shippingMethod = "standard",
    });

    public async Task<Answer> Quote(params (string Sku, int Quantity)[] lines) =>
        (await AskQuote(lines)).ShouldBe(HttpStatusCode.OK);

    /// <param name="key">The Idempotency-Key; a new one where it is left out.</param>
    /// <param name="postalCode">Another than was quoted for.</param>
    public Task<Answer> AskOrder(string quote, string token = "tok_ok", string? key = null, string? cartId = null, string? postalCode = null) =>
        Door.Ask(HttpMethod.Post, "/api/orders", Order(quote, token, cartId, postalCode), ("Idempotency-Key", key ?? Guid.NewGuid().ToString()));

    public async Task<Order> PlaceOrder(Answer quote, string token = "tok_ok") =>
        Placed((await AskOrder(quote["quote"].GetString()!, token)).ShouldBe(HttpStatusCode.Created));

    public async Task<Order> Buy(string sku, int quantity, string token = "tok_ok") =>
        await PlaceOrder(await Quote((sku, quantity)), token);

    /// <summary>The order that an answer of 201 or 200 tells of.</summary>
    public Order Placed(Answer answer) => new(store, answer);

    /// <summary>An order as it is sent.</summary>
    public object Order(string quote, string token = "tok_ok", string? cartId = null, string? postalCode = null) => new
    {
        quote,
        cartId,
        customer = new { email = $"shopper{number}@example.org", name = $"Shopper {number}" },
        shippingAddress = new
        {
            name = $"Shopper {number}",
            line1 = $"{number} Example Street",
            line2 = (string?)null,
            city = "Example",
            region = Region,
            postalCode = postalCode ?? PostalCode,
            country = market,
        },
        payment = new { method = "card", token },
    };

    static object[] Json((string Sku, int Quantity)[] lines) =>
        [.. lines.Select(line => new { sku = line.Sku, quantity = line.Quantity })];
}

/// <summary>An order in the hands of who placed it.</summary>
public sealed class Order(Store store, Answer placed)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public Guid Id { get; } = placed["id"].GetGuid();

    public string AccessToken { get; } = placed["accessToken"].GetString()!;

    public Task<Answer> Look() => Ask(HttpMethod.Get, "");

    public Task<Answer> Cancel() => Ask(HttpMethod.Post, "/cancellation");

    /// <summary>Held by the server until the payment is decided, and asked again until the status is there.</summary>
    public Task<Answer> Becomes(string status) => Eventually.Passes(async () =>
    {
        var order = (await Ask(HttpMethod.Get, "", ("Prefer", "wait=10"))).ShouldBe(HttpStatusCode.OK);
        order["status"].GetString().ShouldBe(status, order.Text);
        return order;
    }, Patience);

    /// <summary>Sold once and paid once: by its timeline, by the provider's book.</summary>
    public async Task ShouldBePaidOnce()
    {
        var order = (await Look()).ShouldBe(HttpStatusCode.OK);
        Timeline(order).ShouldBe(["reserved", "paying", "paid"]);
        (await store.MoneyTaken(Id)).ShouldBe([(Cents(order["total"]), 0)]);
    }

    /// <summary>All of it was taken, once, and all of it was given back.</summary>
    public async Task ShouldBeRefundedInFull()
    {
        var total = Cents((await Look()).ShouldBe(HttpStatusCode.OK)["total"]);
        (await store.MoneyTaken(Id)).ShouldBe([(total, total)]);
    }

    public static IEnumerable<string> Timeline(Answer order) => order["timeline"].EnumerateArray().Select(entry => entry.At("status").GetString()!);

    static long Cents(JsonElement money) => long.Parse(money.At("amount").GetString()!.Replace(".", ""));

    // One order is not looked at as often as a test would like to: who asks too often is told when to come back, and does.
    async Task<Answer> Ask(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        while (true)
        {
            var answer = await store.Door.Ask(method, $"/api/orders/{Id}{path}", null, [("Authorization", $"Bearer {AccessToken}"), .. headers]);
            if (answer.Status != (int)HttpStatusCode.TooManyRequests)
                return answer;
            await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value);
        }
    }
}
