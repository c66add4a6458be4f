using Dapper;
using MiStore.Contracts.Listings;
using MiStore.Contracts.Products;

namespace MiStore.Catalog.Tests.Restrictions;

public sealed class When_restrictions_are_set(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task The_shelf_says_so_at_once_and_others_hear_of_it()
    {
        var products = await shop.Broker.Listen<ProductPublished>();
        var listings = await shop.Broker.Listen<ListingChanged>();
        (await shop.Offer("US", "mi-band")).At("state").GetString().ShouldBe("sellable");

        var set = (await Set("mi-band", Restriction("certification", "us", "UK"))).ShouldBe(HttpStatusCode.OK);

        set["version"].GetInt32().ShouldBe(2);
        set["restrictions"][0].At("markets").ShouldBeJson("""["US","GB"]""");
        var offer = await shop.Offer("US", "mi-band");
        offer.At("state").GetString().ShouldBe("restricted");
        offer.At("reasons").ShouldBeJson("""["certification"]""");
        (await shop.Offer("DE", "mi-band")).At("state").GetString().ShouldBe("sellable");

        var published = await products.First(product => product is { Slug: "mi-band", Version: 2 });
        published.Restrictions.Select(restriction => restriction.Market).ShouldBe(["GB", "US"]);
        published.Restrictions[0].Reasons.ShouldBe(["certification"]);
        await listings.First(changed => changed == new ListingChanged("US", "mi-band"));

        (await Set("mi-band")).ShouldBe(HttpStatusCode.OK)["version"].GetInt32().ShouldBe(3);
        (await shop.Offer("US", "mi-band")).At("state").GetString().ShouldBe("sellable");
        (await products.First(product => product is { Slug: "mi-band", Version: 3 })).Restrictions.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_on_record_what_held_before()
    {
        (await Set("mi-pad", Restriction("patents", "DE"))).ShouldBe(HttpStatusCode.OK);
        (await Set("mi-pad", Restriction("customs", "FR"))).ShouldBe(HttpStatusCode.OK);

        await using var connection = await shop.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var changes = (await connection.QueryAsync<(string Who, string Why, string Before, string After)>(
            "select who, why, before, after from changes where product = 'mi-pad' and what = 'restrictions-set' order by id")).AsList();
        changes.Count.ShouldBe(2);
        changes[0].Before.ShouldContain("localisation");
        changes[1].Before.ShouldBe(changes[0].After);
        changes[1].After.ShouldContain("customs");
        changes[1].Who.ShouldBe("ada");
        changes[1].Why.ShouldBe("A test wants it");
        (await shop.Client.Get("/api/markets/US/products/mi-pad")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");
    }

    [Fact]
    public async Task A_list_that_is_not_well_formed_is_refused_and_changes_nothing()
    {
        (await Set("mi-4", Restriction("patents"))).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await Set("mi-4", Restriction("Not A Code", "US"))).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await Set("mi-4", Restriction("patents", "GB"), Restriction("patents", "UK"))).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await Put("mi-4", """{"restrictions":[null],"why":"x"}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await Put("mi-4", """{"restrictions":null,"why":"x"}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await Put("mi-4", """{"restrictions":[],"why":" "}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

        (await shop.Offer("GB", "mi-4")).At("reasons").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task A_product_that_is_not_there_cannot_be_restricted() =>
        (await Set("nothing", Restriction("patents", "US"))).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");

    [Fact]
    public async Task Only_an_operator_may()
    {
        (await shop.Client.Put("/api/admin/products/mi-4/restrictions", new { restrictions = Array.Empty<object>(), why = "x" }))
            .ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await shop.Service.Operator(role: "customer").Put("/api/admin/products/mi-4/restrictions", new { restrictions = Array.Empty<object>(), why = "x" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    Task<Answer> Set(string slug, params object[] restrictions) =>
        shop.Service.Operator().Put($"/api/admin/products/{slug}/restrictions", new { restrictions, why = "A test wants it" });

    Task<Answer> Put(string slug, string body) => shop.Service.Operator().Put($"/api/admin/products/{slug}/restrictions", body);

    static object Restriction(string reason, params string[] markets) =>
        new { markets, reason, owner = "legal", reviewOn = "2015-12-01", texts = new { en = "Not yet." } };
}
