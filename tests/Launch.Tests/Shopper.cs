namespace MiStore.Launch.Tests;

/// <summary>Somebody who wants something in a market and says what the store answers.</summary>
/// <param name="address">What a parcel needs there.</param>
public sealed class Shopper(Store store, string market, Address address)
{
    static int shoppers;

    public async Task<string?> Phase() => (await store.Pricing.Get($"/api/markets/{market}")).ShouldBe(HttpStatusCode.OK)["phase"].GetString();

    /// <summary>By SKU, as the listing shows them.</summary>
    public async Task<Dictionary<string, JsonElement>> Shelf(string? search = null)
    {
        var listing = (await store.Catalog.Get($"/api/markets/{market}/products?search={search}")).ShouldBe(HttpStatusCode.OK);
        return listing["items"].EnumerateArray()
            .SelectMany(product => product.At("variants").EnumerateArray())
            .ToDictionary(variant => variant.At("sku").GetString()!, variant => variant.At("offer"));
    }

    public async Task<string> OpenCart() =>
        (await store.Cart.Post("/api/carts", new { market })).ShouldBe(HttpStatusCode.Created)["id"].GetString()!;

    public Task<Answer> Put(string cart, string sku, int quantity) => store.Cart.Put($"/api/carts/{cart}/lines/{sku}", new { quantity });

    /// <summary>Into a cart of its own.</summary>
    public async Task<Answer> Pick(string sku, int quantity) => await Put(await OpenCart(), sku, quantity);

    public Task<Answer> Quote(string sku, int quantity) => store.Pricing.Post("/api/quotes", new
    {
        market, lines = new[] { new { sku, quantity } }, shippingMethod = "standard",
        destination = new { country = market, region = address.Region, postalCode = address.PostalCode },
    });

    /// <summary>As a customer whom the store has never seen.</summary>
    public async Task<Answer> Order(string quote)
    {
        var who = $"{market.ToLowerInvariant()}{Interlocked.Increment(ref shoppers)}";
        return await store.Checkout.Ask(HttpMethod.Post, "/api/orders", new
        {
            quote,
            customer = new { email = $"{who}@example.org", name = who },
            shippingAddress = new
            {
                name = who, line1 = $"{who} Street", city = address.City, region = address.Region, postalCode = address.PostalCode, country = market,
            },
            payment = new { method = "card", token = "tok_ok" },
        }, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }

    public async Task<string?> StatusOf(Answer order) =>
        (await store.Checkout.Ask(HttpMethod.Get, $"/api/orders/{order["id"].GetString()}", null,
            ("Authorization", $"Bearer {order["accessToken"].GetString()}"))).ShouldBe(HttpStatusCode.OK)["status"].GetString();

    /// <summary>The whole way; fails where the store says no.</summary>
    public async Task<Answer> Buy(string sku, int quantity)
    {
        (await Pick(sku, quantity)).ShouldBe(HttpStatusCode.OK);
        var quote = (await Quote(sku, quantity)).ShouldBe(HttpStatusCode.OK);
        return (await Order(quote["quote"].GetString()!)).ShouldBe(HttpStatusCode.Created);
    }
}

public sealed record Address(string City, string? Region, string PostalCode);
