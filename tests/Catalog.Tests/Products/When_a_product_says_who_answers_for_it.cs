using MiStore.Contracts.Products;
using MiStore.Contracts.Replays;

namespace MiStore.Catalog.Tests.Products;

public sealed class When_a_product_says_who_answers_for_it(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task Shoppers_read_it_in_their_language()
    {
        var safety = (await shop.Client.Get("/api/markets/DE/products/mi-band?language=de")).ShouldBe(HttpStatusCode.OK)["safety"];

        foreach (var contact in new[] { safety.At("manufacturer"), safety.At("responsiblePerson") })
            foreach (var member in new[] { "name", "address", "email" })
                contact.At(member).GetString().ShouldNotBeNullOrWhiteSpace();
        safety.At("warnings").GetString()!.ShouldContain("Kein Medizinprodukt");
        safety.At("disposal").GetString()!.ShouldContain("Hausmüll");
        (await shop.Client.Get("/api/markets/US/products/mi-band"))["safety"].At("responsiblePerson").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Pricing_learns_for_whom_it_is_complete()
    {
        var heard = await shop.Broker.Listen<ProductPublished>();
        await shop.Broker.Publish(new ReplayRequested("pricing", "catalog"));

        var band = await heard.First(product => product.Slug == "mi-band");
        band.Languages.ShouldBe(["de", "en", "fr"]);
        band.Safety!.Markets.ShouldBe(["DE", "FR", "GB"]);
        band.Safety.Languages.ShouldBe(["de", "en", "fr"]);
    }

    [Theory]
    [InlineData("""{"manufacturer":{"name":"","address":"a","email":"a@b"},"responsiblePersons":{},"warnings":{"en":"w"}}""")]
    [InlineData("""{"manufacturer":{"name":"n","address":"a","email":"nobody"},"responsiblePersons":{},"warnings":{"en":"w"}}""")]
    [InlineData("""{"manufacturer":{"name":"n","address":"a","email":"a@b"},"responsiblePersons":{"UK":{"name":"n","address":"a","email":"a@b"}},"warnings":{"en":"w"}}""")]
    [InlineData("""{"manufacturer":{"name":"n","address":"a","email":"a@b"},"responsiblePersons":{"DE":null},"warnings":{"en":"w"}}""")]
    [InlineData("""{"manufacturer":{"name":"n","address":"a","email":"a@b"},"responsiblePersons":{},"warnings":{"de":"w"}}""")]
    public async Task Half_of_it_is_refused(string safety) => (await shop.Service.Operator().Post("/api/admin/products",
        $$$"""
        {"why": "a test", "product": {"slug": "half", "category": "power", "texts": {"en": {"name": "n", "summary": "s", "description": "d"}},
         "specifications": [], "images": [], "variants": [{"sku": "HALF-1", "names": {"en": "n"}}], "safety": {{{safety}}}}}
        """)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
}
