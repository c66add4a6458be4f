using System.Text.Json.Nodes;
using Dapper;
using MiStore.Contracts.Products;

namespace MiStore.Catalog.Tests.Products;

public sealed class When_a_product_is_edited(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task It_learns_a_language_others_hear_what_is_still_missing_and_the_record_has_both()
    {
        var heard = await shop.Broker.Listen<ProductPublished>();
        var (product, version) = await Look("mi-headphones");
        product["texts"]!["it"] = JsonNode.Parse("""{"name":"Cuffie Mi","summary":"Cuffie con filo.","description":"Suonano bene."}""");

        (await Edit("mi-headphones", product, version)).ShouldBe(HttpStatusCode.OK)["version"].GetInt64().ShouldBe(version + 1);

        var first = await heard.First(news => news.Slug == "mi-headphones" && news.Version == version + 1);
        first.Languages.ShouldBe(["de", "en", "fr"]);
        first.Texts!.ByLanguage["it"].ShouldBe(3);
        first.Texts.MissingIn("it").ShouldBe(first.Texts.Count - 3);
        first.Texts.MissingIn("de").ShouldBe(0);
        first.HsCode.ShouldBe("851830");

        // And the rest: labels, pictures, variants, the category.
        (product, version) = await Look("mi-headphones");
        foreach (var names in Texts(product).ToList())
            names["it"] = "In italiano";
        (await Edit("mi-headphones", product, version)).ShouldBe(HttpStatusCode.OK);
        (await shop.Service.Operator().Put("/api/admin/categories/audio", new
        {
            names = new { en = "Audio", de = "Audio", fr = "Audio", it = "Audio" }, why = "Italy",
        })).ShouldBe(HttpStatusCode.OK);
        var last = await heard.First(news => news.Slug == "mi-headphones" && news.Languages!.Contains("it"));
        last.Texts!.MissingIn("it").ShouldBe(0);

        await using var connection = await shop.Database.Source.OpenConnectionAsync();
        var change = await connection.QueryFirstAsync<(string Who, string Before, string After)>(
            "select who, before, after from changes where what = 'product-edited' and product = 'mi-headphones' order by id");
        change.Who.ShouldBe("ada");
        change.Before.ShouldNotContain("Cuffie");
        change.After.ShouldContain("Cuffie");
    }

    [Fact]
    public async Task What_it_says_now_is_shown_and_found()
    {
        var (product, version) = await Look("mi-band");
        product["texts"]!["en"]!["summary"] = "Counts every somersault.";
        product["safety"]!["warnings"]!["en"] = "Do not feed.";
        product["variants"]![0]!["names"]!["en"] = "Mi Band, jet";
        product["variants"]!.AsArray().Add(JsonNode.Parse("""{"sku":"MI-BAND-RED","names":{"en":"Mi Band, red"}}"""));

        (await Edit("mi-band", product, version)).ShouldBe(HttpStatusCode.OK);

        var shown = (await shop.Client.Get("/api/markets/US/products/mi-band")).ShouldBe(HttpStatusCode.OK);
        shown["safety"].At("warnings").GetString().ShouldBe("Do not feed.");
        shown["variants"].EnumerateArray().Select(variant => variant.At("name").GetString()).ShouldBe(["Mi Band, jet", "Mi Band, red"]);
        (await shop.Slugs("US", "?search=somersalt")).ShouldBe(["mi-band"]);
        (await shop.Slugs("US", "?search=tracker+month")).ShouldNotContain("mi-band");
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_slower_is_told_and_changes_nothing()
    {
        var (product, version) = await Look("mi-power-bank-5000");
        product["position"] = 21;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Edit("mi-power-bank-5000", product, version)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        foreach (var refusal in answers.Where(answer => answer.Status != 200))
            refusal.ShouldBeProblem(HttpStatusCode.Conflict, "product-changed")["version"].GetInt64().ShouldBe(version + 1);
    }

    [Theory]
    [InlineData("slug", "\"other\"", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("restrictions", "[]", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("variants", "[{\"sku\":\"NEW-1\",\"names\":{\"en\":\"New\"}}]", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("variants", "[{\"sku\":\"MI-PB-10500-SLV\",\"names\":{\"en\":\"a\"}},{\"sku\":\"MI-4-WHT-16\",\"names\":{\"en\":\"b\"}}]", HttpStatusCode.Conflict, "duplicate-sku")]
    [InlineData("category", "\"none\"", HttpStatusCode.UnprocessableEntity, "unknown-category")]
    [InlineData("texts", "{}", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("hsCode", "\"85\"", HttpStatusCode.BadRequest, "malformed-request")]
    public async Task What_an_edit_cannot_do_is_refused_and_nothing_is_half_done(string member, string value, HttpStatusCode status, string code)
    {
        var (product, version) = await Look("mi-power-bank-10500");
        product[member] = JsonNode.Parse(value);

        (await Edit("mi-power-bank-10500", product, version)).ShouldBeProblem(status, code);

        (await Look("mi-power-bank-10500")).Version.ShouldBe(version);
    }

    [Fact]
    public async Task Only_operators_may_and_only_what_is_there()
    {
        (await shop.Client.Get("/api/admin/products/mi-band")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await shop.Service.Operator(role: "customer").Put("/api/admin/categories/audio", new { names = new { en = "x" }, why = "x" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await shop.Service.Operator().Get("/api/admin/products/nothing")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");
        var (product, version) = await Look("mi-4");
        (await Edit("nothing", product, version)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");
        (await shop.Service.Operator().Put("/api/admin/categories/audio", new { names = new { de = "x" }, why = "x" }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    async Task<(JsonObject Product, long Version)> Look(string slug)
    {
        var answer = (await shop.Service.Operator().Get($"/api/admin/products/{slug}")).ShouldBe(HttpStatusCode.OK);
        return (JsonNode.Parse(answer["product"].GetRawText())!.AsObject(), answer["version"].GetInt64());
    }

    Task<Answer> Edit(string slug, JsonObject product, long version) =>
        shop.Service.Operator().Put($"/api/admin/products/{slug}", new { product, version, why = "A test wants it" });

    /// <summary>Everything by language but name, summary and description.</summary>
    static IEnumerable<JsonObject> Texts(JsonNode? node) => node switch
    {
        JsonObject texts when texts.ContainsKey("en") && texts["en"] is JsonValue => [texts],
        JsonObject parent => parent.SelectMany(member => Texts(member.Value)),
        JsonArray list => list.SelectMany(Texts),
        _ => [],
    };
}
