namespace MiStore.Catalog.Tests.Products;

public sealed class When_a_shopper_browses(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task The_shelf_shows_what_is_sold_what_is_coming_and_what_may_not_be_sold()
    {
        var listing = (await shop.Client.Get("/api/markets/US/products")).ShouldBe(HttpStatusCode.OK);

        listing["items"].EnumerateArray()
            .Select(product => (product.At("slug").GetString(), product.At("variants")[0].At("offer").At("state").GetString()))
            .ShouldBe(
            [
                ("mi-band", "sellable"), ("mi-power-bank-5000", "upcoming"), ("mi-power-bank-10500", "sold-out"),
                ("mi-headphones", "upcoming"), ("mi-4", "restricted"), ("mi-pad", "restricted"),
            ]);
        listing["total"].GetInt32().ShouldBe(6);
        listing["page"].GetInt32().ShouldBe(1);
        listing["pageSize"].GetInt32().ShouldBe(24);
    }

    [Fact]
    public async Task What_the_market_does_not_carry_is_not_there()
    {
        (await shop.Slugs("DE")).ShouldBe(["mi-band", "mi-power-bank-5000", "mi-4", "mi-pad"]);
        (await shop.Client.Get("/api/markets/DE/products/mi-headphones")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");
        (await shop.Client.Get("/api/markets/DE/products/mi-power-bank-10500")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");
    }

    [Fact]
    public async Task Pages_follow_one_another_and_the_total_is_of_all_of_them()
    {
        var seen = new List<string>();
        for (var page = 1; page <= 4; page++)
        {
            var listing = await shop.Client.Get($"/api/markets/US/products?page={page}&pageSize=2");
            listing["total"].GetInt32().ShouldBe(6);
            listing["page"].GetInt32().ShouldBe(page);
            seen.AddRange(listing["items"].EnumerateArray().Select(product => product.At("slug").GetString()!));
        }

        seen.ShouldBe(await shop.Slugs("US"));
    }

    [Fact]
    public async Task A_category_narrows_the_shelf()
    {
        (await shop.Slugs("US", "?category=power")).ShouldBe(["mi-power-bank-5000", "mi-power-bank-10500"]);
        (await shop.Slugs("US", "?category=power&pageSize=1&page=2")).ShouldBe(["mi-power-bank-10500"]);
        (await shop.Slugs("US", "?category=boats")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("us")]
    [InlineData("Us")]
    public async Task A_market_may_be_written_in_any_case(string market) => (await shop.Slugs(market)).Length.ShouldBe(6);

    [Fact]
    public async Task UK_is_another_name_of_GB() => (await shop.Slugs("uk")).ShouldBe(await shop.Slugs("GB"));

    [Theory]
    [InlineData("DE", null, "Ein leichter Aktivitäts- und Schlaftracker")]
    [InlineData("DE", "en", "A light activity and sleep tracker")]
    [InlineData("DE", "EN", "A light activity and sleep tracker")]
    [InlineData("DE", "fr", "Ein leichter Aktivitäts- und Schlaftracker")]
    [InlineData("DE", "xx-klingon", "Ein leichter Aktivitäts- und Schlaftracker")]
    [InlineData("FR", null, "Un bracelet léger")]
    [InlineData("US", "de", "A light activity and sleep tracker")]
    public async Task It_is_read_in_a_language_of_the_market(string market, string? language, string summary)
    {
        var listing = await shop.Client.Get($"/api/markets/{market}/products?pageSize=1&language={language}");

        listing["items"][0].At("summary").GetString().ShouldStartWith(summary);
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=-1")]
    [InlineData("page=99999999999")]
    [InlineData("page=one")]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=101")]
    [InlineData("search=%00")]
    public async Task Nonsense_is_refused(string query) =>
        (await shop.Client.Get("/api/markets/US/products?" + query)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task A_search_of_more_than_a_hundred_characters_is_refused_with_the_limit()
    {
        (await shop.Client.Get("/api/markets/US/products?search=" + new string('a', 101)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request")["detail"].GetString()!.ShouldContain("100");
        (await shop.Client.Get("/api/markets/US/products?search=" + new string('ä', 100))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("USA")]
    [InlineData("%F0%9F%9B%92")]
    [InlineData("'%20or%20true--")]
    public async Task An_unknown_market_has_no_shelf(string market) =>
        (await shop.Client.Get($"/api/markets/{market}/products")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");

    [Fact]
    public async Task A_page_far_beyond_the_end_is_empty()
    {
        var listing = (await shop.Client.Get($"/api/markets/US/products?page={int.MaxValue}&pageSize=100")).ShouldBe(HttpStatusCode.OK);
        listing["items"].GetArrayLength().ShouldBe(0);
        listing["total"].GetInt32().ShouldBe(6);
    }
}
