namespace MiStore.Catalog.Tests.Products;

public sealed class When_a_shopper_opens_a_product(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task It_is_all_there_in_one_answer()
    {
        var band = (await shop.Client.Get("/api/markets/DE/products/mi-band")).ShouldBe(HttpStatusCode.OK);

        band["name"].GetString().ShouldBe("Mi Band");
        band["category"].GetString().ShouldBe("wearables");
        band["images"][0].At("url").GetString().ShouldBe("/images/products/mi-band.svg");
        band["images"][0].At("alt").GetString().ShouldStartWith("Ein geschlossenes schwarzes Fitnessarmband");
        band["specifications"].At("capacity").ShouldBeJson("""{"label":"Akku","value":41,"unit":"mAh"}""");
        band["specifications"].At("vibration").ShouldBeJson("""{"label":"Vibrationsalarm","value":true,"unit":null}""");
        band["specifications"].At("finish").ShouldBeJson("""{"label":"Ausführung","value":"Schwarz","unit":null}""");
        band["variants"].ShouldBeJson(
            """
            [{"sku":"MI-BAND-BLK","name":"Mi Band, schwarz","offer":{
                "state":"sellable","price":{"amount":"14.99","currency":"EUR"},"lowestPrice30Days":null,"limitPerCustomer":null,
                "availableFrom":null,"reasons":[],"remaining":"few"}}]
            """);
        band["restrictions"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_restricted_one_says_why_in_words()
    {
        var phone = await shop.Client.Get("/api/markets/FR/products/mi-4");

        phone["variants"][0].At("offer").At("state").GetString().ShouldBe("restricted");
        phone["variants"][0].At("offer").At("reasons").ShouldBeJson("""["patents","support-centre","localisation"]""");
        phone["restrictions"][0].ShouldBeJson(
            """
            {"reason":"patents","reviewOn":"2015-12-01",
             "text":"Les brevets sur le matériel et les logiciels des téléphones ne sont pas encore concédés pour ce marché."}
            """);
    }

    [Fact]
    public async Task A_paused_one_is_shown_and_says_so() =>
        (await shop.Offer("DE", "mi-power-bank-5000")).At("state").GetString().ShouldBe("paused");

    [Theory]
    [InlineData("nothing")]
    [InlineData("MI-BAND")]
    [InlineData("%27;drop%20table%20products")]
    public async Task What_is_not_there_is_unknown(string slug) =>
        (await shop.Client.Get($"/api/markets/US/products/{slug}")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");

    [Fact]
    public async Task In_an_unknown_market_the_market_is_what_is_unknown() =>
        (await shop.Client.Get("/api/markets/XX/products/mi-band")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");

    [Theory]
    [InlineData("/api/markets/US/products")]
    [InlineData("/api/markets/US/products/mi-band")]
    public async Task Who_has_the_answer_already_is_told_so(string path)
    {
        var first = (await shop.Client.Get(path)).ShouldBe(HttpStatusCode.OK);
        var tag = first.Headers.ETag!.ToString();

        var second = await shop.Client.Ask(HttpMethod.Get, path, null, ("If-None-Match", $"\"other\", {tag}"));
        second.ShouldBe(HttpStatusCode.NotModified);
        second.Text.ShouldBeEmpty();
        second.Headers.ETag!.ToString().ShouldBe(tag);
        second.Headers.CacheControl!.SharedMaxAge.ShouldNotBeNull();

        (await shop.Client.Ask(HttpMethod.Get, path, null, ("If-None-Match", "\"other\""))).ShouldBe(HttpStatusCode.OK);
        (await shop.Client.Ask(HttpMethod.Get, path, null, ("If-None-Match", "*"))).ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Its_picture_is_there_and_may_be_kept_for_long()
    {
        foreach (var slug in await shop.Slugs("US"))
        {
            var picture = (await shop.Client.Get($"/images/products/{slug}.svg")).ShouldBe(HttpStatusCode.OK);
            picture.MediaType.ShouldBe("image/svg+xml");
            picture.Headers.CacheControl!.MaxAge!.Value.TotalDays.ShouldBeGreaterThan(300);
        }
    }
}
