using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using MiStore.Contracts;
using MiStore.Contracts.Listings;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Products;

namespace MiStore.Catalog.Tests.Products;

public sealed class When_a_product_is_published(CatalogShop shop) : IClassFixture<CatalogShop>
{
    const string Path = "/api/admin/products";

    [Fact]
    public async Task Others_hear_of_it_and_it_is_shown_once_it_is_offered()
    {
        var products = await shop.Broker.Listen<ProductPublished>();
        var listings = await shop.Broker.Listen<ListingChanged>();

        (await shop.Service.Operator().Post(Path, Request("lamp", "LAMP-WHT", "LAMP-BLK"))).ShouldBe(HttpStatusCode.Created)
            .Body.ShouldBeJson("""{"slug":"lamp","version":1,"skus":["LAMP-WHT","LAMP-BLK"]}""");

        var published = await products.First(product => product.Slug == "lamp");
        published.Version.ShouldBe(1);
        published.Variants.Select(variant => (variant.Sku, variant.Names["en"])).ShouldBe([("LAMP-WHT", "Lamp LAMP-WHT"), ("LAMP-BLK", "Lamp LAMP-BLK")]);
        published.Restrictions.ShouldBeEmpty();
        foreach (var market in CatalogShop.Markets)
            await listings.First(changed => changed == new ListingChanged(market.Code, "lamp"));

        (await shop.Client.Get("/api/markets/US/products/lamp")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");
        await shop.Broker.Publish(new OfferPublished("US", "LAMP-BLK", 1, [new(CatalogShop.Opening, OfferState.Sellable, new Money(2500, "USD"))]));
        await Eventually.Passes(async () => (await shop.Client.Get("/api/markets/US/products/lamp")).ShouldBe(HttpStatusCode.OK));
        var states = (await shop.Client.Get("/api/markets/US/products/lamp"))["variants"].EnumerateArray()
            .Select(variant => variant.At("offer").At("state").GetString());
        states.ShouldBe(["not-offered", "upcoming"]);
        (await shop.Slugs("US"))[^1].ShouldBe("lamp");
        (await shop.Slugs("US", "?search=lapm")).ShouldContain("lamp");
    }

    [Fact]
    public async Task It_is_on_record_who_did_it_when_and_why()
    {
        (await shop.Service.Operator("grace").Post(Path, Request("kettle", "KETTLE-1"))).ShouldBe(HttpStatusCode.Created);

        await using var connection = await shop.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var change = await connection.QuerySingleAsync<(string Who, string What, string Why, string? Before, string After, DateTime At)>(
            "select who, what, why, before, after, at from changes where product = 'kettle'");
        change.Who.ShouldBe("grace");
        change.What.ShouldBe("product-published");
        change.Why.ShouldBe("A test wants it");
        change.Before.ShouldBeNull();
        change.After.ShouldContain("KETTLE-1");
        change.At.ShouldBe(shop.Clock.Now.UtcDateTime);

        foreach (var undoing in new[] { "delete from changes", "update changes set who = 'nobody'", "truncate changes" })
            (await Should.ThrowAsync<Npgsql.PostgresException>(connection.ExecuteAsync(undoing))).MessageText.ShouldContain("append-only");
    }

    [Fact]
    public async Task A_SKU_that_is_taken_is_refused_and_nothing_is_left_behind()
    {
        var heard = await shop.Broker.Listen<ProductPublished>();

        (await shop.Service.Operator().Post(Path, Request("second-band", "SECOND-1", "MI-BAND-BLK")))
            .ShouldBeProblem(HttpStatusCode.Conflict, "duplicate-sku")["skus"].ShouldBeJson("""["MI-BAND-BLK"]""");

        await using var connection = await shop.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.ExecuteScalarAsync<long>(
            "select (select count(*) from products where slug = 'second-band') + (select count(*) from variants where sku = 'SECOND-1') + (select count(*) from changes where product = 'second-band')"))
            .ShouldBe(0);
        (await shop.Service.Operator().Post(Path, Request("second-band", "SECOND-1"))).ShouldBe(HttpStatusCode.Created);
        await heard.First(product => product.Slug == "second-band");
        heard.Messages.Count(product => product.Slug == "second-band").ShouldBe(1);
    }

    [Fact]
    public async Task One_of_many_who_publish_the_same_succeeds()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.Service.Operator().Post(Path, Request("raced", "RACED-1"))));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409);
    }

    [Fact]
    public async Task A_slug_that_is_taken_and_a_category_that_is_not_there_are_refused()
    {
        (await shop.Service.Operator().Post(Path, Request("mi-band", "BAND-2"))).ShouldBeProblem(HttpStatusCode.Conflict, "duplicate-product");
        (await shop.Service.Operator().Post(Path, Request("boat", "BOAT-1", change: product => product["category"] = "boats")))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "unknown-category");
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "slug", "\"Not A Slug\"" },
        { "slug", "\"" + new string('a', 65) + "\"" },
        { "slug", "\"ends-in-a-line\\n\"" },
        { "slug", "null" },
        { "texts", "{}" },
        { "texts", "{\"de\":{\"name\":\"Lampe\",\"summary\":\"Leuchtet\",\"description\":\"Hell\"}}" },
        { "texts", "{\"en\":null}" },
        { "texts", "{\"en\":{\"name\":\"\",\"summary\":\"s\",\"description\":\"d\"}}" },
        { "texts", "{\"en\":{\"name\":\"a\\u0000b\",\"summary\":\"s\",\"description\":\"d\"}}" },
        { "variants", "[]" },
        { "variants", "[null]" },
        { "variants", "[{\"sku\":\"lower-case\",\"names\":{\"en\":\"x\"}}]" },
        { "variants", "[{\"sku\":\"TWICE\",\"names\":{\"en\":\"x\"}},{\"sku\":\"TWICE\",\"names\":{\"en\":\"y\"}}]" },
        { "variants", "[{\"sku\":\"NAMELESS\",\"names\":{}}]" },
        { "variants", "[{\"sku\":\"NULL-NAME\",\"names\":{\"en\":null}}]" },
        { "images", "[{\"url\":\"javascript:alert(1)\",\"alts\":{\"en\":\"x\"}}]" },
        { "specifications", "[{\"name\":\"capacity\",\"labels\":{\"en\":\"Capacity\"}}]" },
        { "specifications", "[{\"name\":\"capacity\",\"labels\":{\"en\":\"Capacity\"},\"number\":1,\"flag\":true}]" },
        { "specifications", "[{\"name\":\"colour\",\"labels\":{\"en\":\"Colour\"},\"text\":{\"en\":\"x\"},\"unit\":\"mm\"}]" },
        { "restrictions", "[{\"markets\":[\"USA\"],\"reason\":\"patents\",\"owner\":\"legal\",\"reviewOn\":\"2015-12-01\",\"texts\":{\"en\":\"x\"}}]" },
        { "restrictions", "[{\"markets\":[\"GB\",\"UK\"],\"reason\":\"patents\",\"owner\":\"legal\",\"reviewOn\":\"2015-12-01\",\"texts\":{\"en\":\"x\"}}]" },
        { "restrictions", "[{\"markets\":null,\"reason\":\"patents\",\"owner\":\"legal\",\"reviewOn\":\"2015-12-01\",\"texts\":{\"en\":\"x\"}}]" },
        { "position", "-1" },
        { "surprise", "1" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_product_that_is_not_well_formed_is_refused(string field, string json) =>
        (await shop.Service.Operator().Post(Path, Request("faulty", "FAULTY-1", change: product => product[field] = JsonNode.Parse(json))))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var detail = (await shop.Service.Operator().Post(Path, Request("faulty", "FAULTY-1", why: "", change: product =>
        {
            product["slug"] = "Not A Slug";
            product["variants"] = new JsonArray();
        }))).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request")["detail"].GetString()!;

        detail.ShouldContain("slug");
        detail.ShouldContain("variants");
        detail.ShouldContain("why");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"why\":\"x\"}")]
    [InlineData("{\"product\":{},\"why\":\"x\"}")]
    public async Task What_is_no_product_at_all_is_refused(string body) =>
        (await shop.Service.Operator().Post(Path, body)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task Only_an_operator_may()
    {
        (await shop.Client.Post(Path, Request("lamp-2", "LAMP-2"))).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await shop.Service.Operator(role: "customer").Post(Path, Request("lamp-2", "LAMP-2"))).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    static string Request(string slug, string sku, string? second = null, string why = "A test wants it", Action<JsonObject>? change = null)
    {
        string[] skus = second is null ? [sku] : [sku, second];
        var product = JsonSerializer.SerializeToNode(new
        {
            slug,
            category = "power",
            texts = new { en = new { name = slug, summary = "It shines", description = "Brightly." } },
            specifications = new[] { new { name = "power", labels = new { en = "Power" }, number = 9.5, unit = "W" } },
            images = Array.Empty<object>(),
            variants = skus.Select(each => new { sku = each, names = new { en = "Lamp " + each } }),
        })!.AsObject();
        change?.Invoke(product);
        return new JsonObject { ["product"] = product, ["why"] = why }.ToJsonString();
    }
}
