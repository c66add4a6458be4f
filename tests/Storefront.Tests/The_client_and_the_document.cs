using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MiStore.Client;

namespace MiStore.Storefront.Tests;

/// <summary>The client is written by hand; this holds every member of it against the document that the store serves.</summary>
public sealed class The_client_and_the_document(OpenStore store)
{
    [Theory]
    [InlineData("/api/markets/{market}/products", "get", null, typeof(Listing))]
    [InlineData("/api/markets/{market}/products/{slug}", "get", null, typeof(Product))]
    [InlineData("/api/markets/{market}/legal/{document}", "get", null, typeof(LegalText))]
    [InlineData("/api/carts", "post", typeof(OpenCartRequest), typeof(Cart))]
    [InlineData("/api/carts/{cartId}", "get", null, typeof(Cart))]
    [InlineData("/api/carts/{cartId}/lines/{sku}", "put", typeof(SetCartLineRequest), typeof(Cart))]
    [InlineData("/api/carts/{cartId}/lines/{sku}", "delete", null, typeof(Cart))]
    [InlineData("/api/carts/{cartId}/market", "put", typeof(SwitchMarketRequest), typeof(SwitchedCart))]
    [InlineData("/api/carts/{cartId}/merge", "post", typeof(MergeCartsRequest), typeof(MergedCart))]
    [InlineData("/api/quotes", "post", typeof(QuoteRequest), typeof(Quote))]
    [InlineData("/api/orders", "post", typeof(OrderRequest), typeof(PlacedOrder))]
    [InlineData("/api/orders/{id}", "get", null, typeof(Order))]
    [InlineData("/api/orders/{id}/cancellation", "post", null, typeof(Order))]
    [InlineData("/api/orders/lookup", "post", typeof(LookUpOrderRequest), typeof(OrderStanding))]
    [InlineData("/api/notices", "post", typeof(NoticeRequest), null)]
    [InlineData("/api/sales/{id}", "get", null, typeof(Sale))]
    [InlineData("/api/sales/{id}/tickets", "post", typeof(TakeTicketRequest), typeof(PlaceInLine))]
    [InlineData("/api/sales/{id}/ticket", "get", null, typeof(PlaceInLine))]
    [InlineData("/api/sales/{id}/ticket/extension", "post", null, typeof(PlaceInLine))]
    public async Task Agree_on_every_member(string path, string method, Type? request, Type? answer)
    {
        // A service that has only just started may be missing from it for a moment.
        using var document = await Eventually.Passes(async () =>
        {
            var served = JsonDocument.Parse((await store.Stack.Client.Get("/openapi/v1.json")).Text);
            served.RootElement.At("paths").At(path);
            return served;
        });
        var operation = document.RootElement.At("paths").At(path).At(method);

        var ok = operation.At("responses").EnumerateObject().First(response => response.Name.StartsWith('2')).Value;
        if (answer is not null)
            Match(document, SchemaOf(ok), answer, answer.Name, isRequest: false);
        if (request is not null)
            Match(document, SchemaOf(operation.At("requestBody")), request, request.Name, isRequest: true);
    }

    [Fact]
    public async Task Agree_on_the_markets()
    {
        var markets = (await new StoreClient(store.Stack.Client).ListMarkets()).OrThrow();

        markets.Select(market => market.Code).ShouldContain("DE");
        markets.ShouldAllBe(market => market.Seller.Name != "" && market.Languages.Count > 0 && market.OpensAt.Year == 2015 && market.TimeZone != "");
    }

    [Fact]
    public async Task Agree_on_the_legal_texts()
    {
        var texts = (await new StoreClient(store.Stack.Client).ListLegalTexts("DE")).OrThrow();

        texts.Select(text => text.Document).ShouldBe(["imprint", "terms", "withdrawal", "privacy", "accessibility"]);
        texts.ShouldAllBe(text => text.Version > 0 && text.Since.Year >= 2015);
    }

    static JsonElement SchemaOf(JsonElement body) => body.At("content").At("application/json").At("schema");

    static void Match(JsonDocument document, JsonElement schema, Type type, string where, bool isRequest)
    {
        schema = Resolve(document, schema);
        var known = schema.At("properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        foreach (var property in type.GetProperties().Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null))
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            known.ShouldContainKey(name, $"{where} has {name}, and the document does not.");
            if (Inside(property.PropertyType) is { } inner)
                Match(document, ItemOf(document, known[name]), inner, $"{where}.{property.Name}", isRequest);
        }

        if (!isRequest)
            return;
        var ours = type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToList();
        if (schema.TryGetProperty("required", out var required))
            required.EnumerateArray().Select(name => name.GetString()!).ShouldBeSubsetOf(ours, $"{where} lacks what the store requires.");
    }

    /// <summary>A record of the client's inside a member, itself, in a list or in a dictionary.</summary>
    static Type? Inside(Type type)
    {
        if (typeof(IEnumerable).IsAssignableFrom(type) && type != typeof(string))
            type = type.GetGenericArguments()[^1];
        return type.Assembly == typeof(StoreClient).Assembly ? type : null;
    }

    static JsonElement ItemOf(JsonDocument document, JsonElement schema)
    {
        schema = Resolve(document, schema);
        foreach (var member in new[] { "items", "additionalProperties" })
            if (schema.TryGetProperty(member, out var inner) && inner.ValueKind == JsonValueKind.Object)
                return Resolve(document, inner);
        return schema;
    }

    /// <summary>What a reference means; of "this or null", this.</summary>
    static JsonElement Resolve(JsonDocument document, JsonElement schema)
    {
        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
            if (schema.TryGetProperty(choice, out var choices))
                return Resolve(document, choices.EnumerateArray().First(one => !one.TryGetProperty("type", out var type) || type.ToString() != "null"));
        return schema.TryGetProperty("$ref", out var reference)
            ? Resolve(document, document.RootElement.At("components").At("schemas").At(reference.GetString()!.Split('/')[^1]))
            : schema;
    }
}
