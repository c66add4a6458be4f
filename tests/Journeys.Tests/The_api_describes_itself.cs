using System.Text.Json;

namespace MiStore.Journeys.Tests;

public sealed class The_api_describes_itself(Store store)
{
    static readonly string[] Public =
    [
        "GET /api/markets",
        "GET /api/markets/{}",
        "GET /api/markets/{}/live",
        "GET /api/markets/{}/products",
        "GET /api/markets/{}/products/{}",
        "POST /api/notices",
        "GET /api/notices/confirmation",
        "POST /api/notices/confirmation",
        "GET /api/notices/withdrawal",
        "POST /api/notices/withdrawal",
        "POST /api/carts",
        "GET /api/carts/{}",
        "PUT /api/carts/{}/lines/{}",
        "DELETE /api/carts/{}/lines/{}",
        "PUT /api/carts/{}/market",
        "POST /api/carts/{}/merge",
        "GET /api/markets/{}/legal",
        "GET /api/markets/{}/legal/{}",
        "POST /api/quotes",
        "GET /api/sales",
        "GET /api/sales/{}",
        "POST /api/sales/{}/tickets",
        "GET /api/sales/{}/ticket",
        "POST /api/sales/{}/ticket/extension",
        "GET /api/sales/{}/record",
        "GET /api/sales/{}/conduct",
        "GET /api/sales/{}/calendar.ics",
        "POST /api/orders",
        "GET /api/orders/{}",
        "POST /api/orders/{}/cancellation",
        "POST /api/orders/lookup",
        "GET /api/batches",
        "GET /api/batches/receipt-keys",
        "GET /api/batches/{}/receipt",
        "POST /api/dev/token",
        "GET /api/admin/batches",
        "POST /api/admin/batches",
        "POST /api/admin/batches/{}/withdrawal",
        "GET /api/admin/batches/{}/inputs",
        "POST /api/admin/markets",
        "PUT /api/admin/markets/{}/calendar",
        "GET /api/admin/markets/{}/readiness",
        "POST /api/admin/markets/{}/readiness/override",
        "POST /api/admin/rehearsals",
        "POST /api/admin/markets/{}/pause",
        "POST /api/admin/markets/{}/resume",
        "POST /api/admin/markets/{}/products/{}/pause",
        "POST /api/admin/markets/{}/products/{}/resume",
        "PUT /api/admin/markets/{}/legal/{}",
        "POST /api/admin/products",
        "GET /api/admin/products/{}",
        "PUT /api/admin/products/{}",
        "PUT /api/admin/categories/{}",
        "PUT /api/admin/products/{}/restrictions",
        "PUT /api/admin/prices",
        "PUT /api/admin/limits",
        "PUT /api/admin/taxes",
        "PUT /api/admin/shipping",
        "GET /api/admin/tax-report",
        "POST /api/admin/orders/{}/packing",
        "POST /api/admin/orders/{}/shipment",
        "POST /api/admin/orders/{}/delivery",
        "GET /api/admin/audit",
    ];

    [Fact]
    public async Task One_document_has_every_public_call_and_no_other()
    {
        // The gateway does not wait for ever for what a service has to say; on a busy machine the first asking is too short.
        await Eventually.Passes(async () => Calls((await store.Door.Get("/openapi/v1.json")).ShouldBe(HttpStatusCode.OK)).ShouldBe(Public, ignoreOrder: true));
    }

    [Fact]
    public async Task Every_reference_in_the_document_leads_somewhere()
    {
        var document = (await store.Door.Get("/openapi/v1.json")).ShouldBe(HttpStatusCode.OK).Body;

        foreach (var reference in References(document).Distinct())
        {
            var at = document;
            foreach (var step in reference.Split('/')[1..])
                at.TryGetProperty(step, out at).ShouldBeTrue(reference);
        }
    }

    [Fact]
    public async Task People_can_read_it_too()
    {
        var page = (await store.Door.Get("/docs/index.html")).ShouldBe(HttpStatusCode.OK);

        page.MediaType.ShouldBe("text/html");
        (await store.Door.Get("/docs")).ShouldBe(HttpStatusCode.OK).MediaType.ShouldBe("text/html");
        (await store.Door.Get("/")).ShouldBe(HttpStatusCode.OK).MediaType.ShouldBe("text/html");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task It_says_how_it_is(string path) =>
        (await store.Door.Get(path)).ShouldBe(HttpStatusCode.OK)["status"].GetString().ShouldBe("healthy");

    static IEnumerable<string> Calls(Answer document) => document["paths"].EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name.ToUpperInvariant()} {Unnamed(path.Name)}"));

    // What a call names its parameters is its own business.
    static string Unnamed(string path) =>
        string.Join('/', path.TrimEnd('/').Split('/').Select(segment => segment.StartsWith('{') ? "{}" : segment));

    static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
