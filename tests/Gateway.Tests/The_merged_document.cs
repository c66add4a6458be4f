using System.Text.Json.Nodes;
using MiStore.Gateway.Docs;

namespace MiStore.Gateway.Tests;

public sealed class The_merged_document
{
    readonly JsonObject document = MergedDocument.Of(
        [
            Part("catalog", "/api/products", "Product", """{"Product":{"type":"object"},"Money":{"type":"string"},"Page":{"items":{"$ref":"#/components/schemas/Product"}}}"""),
            Part("pricing", "/api/quotes", "Page", """{"Product":{"type":"integer"},"Money":{"type":"string"},"Page":{"items":{"$ref":"#/components/schemas/Product"}},"Hidden":{}}"""),
            new MergedDocument.Part("cart", null),
        ],
        "http://shop", (_, path) => path.StartsWith("/api/", StringComparison.Ordinal));

    [Fact]
    public void Has_the_public_paths_of_all() => Names(document["paths"]).ShouldBe(["/api/products", "/api/quotes"]);

    [Fact]
    public void Has_only_the_schemas_that_they_use() =>
        Names(document["components"]!["schemas"]).ShouldBe(["CatalogProduct", "Money", "Page", "PricingProduct"]);

    [Fact]
    public void Says_which_service_a_schema_is_of_where_two_differ()
    {
        Reference("/api/products").ShouldBe("#/components/schemas/CatalogProduct");
        ((string?)document["components"]!["schemas"]!["Page"]!["items"]!["$ref"]).ShouldBe("#/components/schemas/PricingProduct");
    }

    [Fact]
    public void Says_where_it_is_served_and_who_is_missing()
    {
        ((string?)document["servers"]![0]!["url"]).ShouldBe("http://shop");
        ((string?)document["info"]!["title"]).ShouldBe("MiStore");
        ((string?)document["info"]!["description"]).ShouldEndWith("moment: cart.");
    }

    [Fact]
    public void Has_only_the_tags_that_its_calls_have() =>
        document["tags"]!.AsArray().Select(tag => (string?)tag!["name"]).ShouldBe(["Shop"]);

    [Fact]
    public void Tells_operations_of_one_name_apart() =>
        document["paths"]!.AsObject().Select(path => (string?)path.Value!["get"]!["operationId"]).ShouldBe(["CatalogGet", "PricingGet"]);

    string? Reference(string path) => (string?)document["paths"]![path]!["get"]!["schema"]!["$ref"];

    static IEnumerable<string> Names(JsonNode? members) => members!.AsObject().Select(member => member.Key);

    static MergedDocument.Part Part(string service, string path, string schema, string schemas) => new(service, JsonNode.Parse(
        $$"""
        {
          "openapi": "3.1.1",
          "paths": {
            "{{path}}": { "get": { "operationId": "Get", "tags": ["Shop"], "schema": { "$ref": "#/components/schemas/{{schema}}" }, "also": { "$ref": "#/components/schemas/Money" } } },
            "/webhooks": { "post": { "schema": { "$ref": "#/components/schemas/Hidden" } } }
          },
          "components": { "schemas": {{schemas}} },
          "tags": [{ "name": "Shop" }, { "name": "Internal" }]
        }
        """));
}
