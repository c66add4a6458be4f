using System.Text.Json;

namespace MiStore.Journeys.Tests;

public sealed class Phones_and_tablets_are_not_sold_anywhere(Store store)
{
    static readonly string[] Markets = ["US", "GB", "DE", "FR"];
    static readonly string[] WhyNoPhone = ["patents", "support-centre", "localisation"];
    static readonly string[] WhyNoTablet = ["patents", "localisation"];

    public static TheoryData<string, string, string, string[]> HeldBack() => new(Markets.SelectMany(market => new[]
    {
        (market, "mi-4", Goods.Phone, WhyNoPhone),
        (market, "mi-pad", Goods.Tablet, WhyNoTablet),
    }));

    [Theory, MemberData(nameof(HeldBack))]
    public async Task They_are_shown_with_the_reasons(string market, string slug, string sku, string[] reasons)
    {
        var listed = (await store.Door.Get($"/api/markets/{market}/products?pageSize=100")).ShouldBe(HttpStatusCode.OK)["items"].EnumerateArray()
            .Single(product => product.At("slug").GetString() == slug);
        var shown = (await store.Door.Get($"/api/markets/{market}/products/{slug}")).ShouldBe(HttpStatusCode.OK).Body;

        foreach (var product in new[] { listed, shown })
        {
            var variant = product.At("variants").EnumerateArray().ShouldHaveSingleItem();
            variant.At("sku").GetString().ShouldBe(sku);
            variant.At("offer").At("state").GetString().ShouldBe("restricted");
            variant.At("offer").At("price").ValueKind.ShouldBe(JsonValueKind.Null);
            variant.At("offer").At("remaining").GetString().ShouldBe("none");
            Words(variant.At("offer").At("reasons")).ShouldBe(reasons, ignoreOrder: true);
        }
    }

    [Theory, MemberData(nameof(HeldBack))]
    public async Task Neither_cart_nor_quote_takes_them(string market, string slug, string sku, string[] reasons)
    {
        slug.ShouldNotBeEmpty();
        var shopper = new Shopper(store, market);
        var cart = (await shopper.OpenCart())["id"].GetString();

        Answer[] refusals =
        [
            await store.Door.Put($"/api/carts/{cart}/lines/{sku}", new { quantity = 1 }),
            await store.Door.Post("/api/carts", new { market, lines = new[] { new { sku, quantity = 1 } } }),
            await shopper.AskQuote((sku, 1)),
            await shopper.AskQuote((Goods.Band, 1), (sku, 1)),
        ];

        foreach (var refusal in refusals)
            Words(refusal.ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market")["reasons"]).ShouldBe(reasons, ignoreOrder: true);
        (await store.Door.Get($"/api/carts/{cart}"))["lines"].GetArrayLength().ShouldBe(0);
    }

    static IEnumerable<string> Words(JsonElement list) => list.EnumerateArray().Select(word => word.GetString()!);
}
