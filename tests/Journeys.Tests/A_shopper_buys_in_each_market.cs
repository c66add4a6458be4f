namespace MiStore.Journeys.Tests;

public sealed class A_shopper_buys_in_each_market(Store store)
{
    // Worked out on paper, from the price lists, shipping rates and tax rules that the store opens with.
    //
    // One of each. US, DE, FR: 14.99 + 9.99 + 13.99 + 79.99 = 118.96; free shipping from 50.00 (US), 49.00 (DE, FR).
    //   CA 7.25 % of each line: 1.0868 → 1.09, 0.7243 → 0.72, 1.0143 → 1.01, 5.7993 → 5.80; together 8.62; 118.96 + 8.62 = 127.58
    //   OR has no sales tax
    //   NY 4 %: 0.5996 → 0.60, 0.3996 → 0.40, 0.5596 → 0.56, 3.1996 → 3.20; together 4.76; shipping is taxed but free; 123.72
    //   DE, within 19 %: 14.99/1.19 = 12.597 → 12.60 + 2.39; 9.99/1.19 = 8.395 → 8.39 + 1.60;
    //     13.99/1.19 = 11.756 → 11.76 + 2.23; 79.99/1.19 = 67.218 → 67.22 + 12.77; together 18.99
    //   FR, within 20 %: 14.99/1.2 = 12.492 → 12.49 + 2.50; 9.99/1.2 = 8.325 → 8.33 + 1.66;
    //     13.99/1.2 = 11.658 → 11.66 + 2.33; 79.99/1.2 = 66.658 → 66.66 + 13.33; together 19.82
    // GB: 12.99 + 7.99 + 11.99 + 64.99 = 97.96; free shipping from 40.00.
    //   Within 20 %: 12.99/1.2 = 10.825 → 10.83 + 2.16; 7.99/1.2 = 6.658 → 6.66 + 1.33;
    //     11.99/1.2 = 9.992 → 9.99 + 2.00; 64.99/1.2 = 54.158 → 54.16 + 10.83; together 16.32
    [Theory]
    [InlineData("US", "CA", "118.96", "0.00", "8.62", "127.58")]
    [InlineData("US", "OR", "118.96", "0.00", "0.00", "118.96")]
    [InlineData("US", "NY", "118.96", "0.00", "4.76", "123.72")]
    [InlineData("GB", null, "97.96", "0.00", "16.32", "97.96")]
    [InlineData("UK", null, "97.96", "0.00", "16.32", "97.96")]
    [InlineData("DE", null, "118.96", "0.00", "18.99", "118.96")]
    [InlineData("FR", null, "118.96", "0.00", "19.82", "118.96")]
    public async Task One_of_each(string market, string? region, string subtotal, string shipping, string tax, string total)
    {
        var shopper = new Shopper(store, market, region);
        var cart = $"/api/carts/{(await shopper.OpenCart())["id"].GetString()}";
        foreach (var sku in Goods.ForSale)
            (await store.Door.Put($"{cart}/lines/{sku}", new { quantity = 1 })).ShouldBe(HttpStatusCode.OK);
        var picked = (await store.Door.Get(cart)).ShouldBe(HttpStatusCode.OK);
        picked["lines"].EnumerateArray().Select(line => line.At("sku").GetString()).ShouldBe(Goods.ForSale);
        Amount(picked, "subtotal").ShouldBe(subtotal);

        await Buys(shopper, [.. Goods.ForSale.Select(sku => (sku, 1))], subtotal, shipping, tax, total, picked["id"].GetString());
    }

    // Too little for free shipping.
    //   CA: 14.99 + 4.99; tax on the goods only, 1.09; 21.07
    //   NY: shipping is taxed too: 0.60 + 4 % of 4.99 = 0.1996 → 0.20; 0.80; 20.78
    //   GB: 12.99 + 3.99 = 16.98; 2.16 + (3.99/1.2 = 3.325 → 3.33) 0.66 = 2.82
    //   DE: 14.99 + 4.90 = 19.89; 2.39 + (4.90/1.19 = 4.118 → 4.12) 0.78 = 3.17
    //   FR: 14.99 + 4.90 = 19.89; 2.50 + (4.90/1.2 = 4.083 → 4.08) 0.82 = 3.32
    [Theory]
    [InlineData("US", "CA", "14.99", "4.99", "1.09", "21.07")]
    [InlineData("US", "OR", "14.99", "4.99", "0.00", "19.98")]
    [InlineData("US", "NY", "14.99", "4.99", "0.80", "20.78")]
    [InlineData("GB", null, "12.99", "3.99", "2.82", "16.98")]
    [InlineData("DE", null, "14.99", "4.90", "3.17", "19.89")]
    [InlineData("FR", null, "14.99", "4.90", "3.32", "19.89")]
    public Task A_single_band(string market, string? region, string subtotal, string shipping, string tax, string total) =>
        Buys(new Shopper(store, market, region), [(Goods.Band, 1)], subtotal, shipping, tax, total);

    // Three of one, for a line that is rounded as a whole: 41.97/1.19 = 35.269 → 35.27 + 6.70; shipping 0.78 of 4.90.
    [Fact]
    public Task Several_of_one() =>
        Buys(new Shopper(store, "DE"), [(Goods.PowerBank10500, 3)], "41.97", "4.90", "7.48", "46.87");

    [Theory]
    [InlineData("US", "14.99", "9.99", "13.99", "79.99", "USD")]
    [InlineData("GB", "12.99", "7.99", "11.99", "64.99", "GBP")]
    [InlineData("uk", "12.99", "7.99", "11.99", "64.99", "GBP")]
    [InlineData("DE", "14.99", "9.99", "13.99", "79.99", "EUR")]
    [InlineData("FR", "14.99", "9.99", "13.99", "79.99", "EUR")]
    public async Task Four_accessories_are_for_sale(string market, string band, string small, string large, string headphones, string currency)
    {
        var listing = (await store.Door.Get($"/api/markets/{market}/products")).ShouldBe(HttpStatusCode.OK);

        listing["items"].EnumerateArray()
            .SelectMany(product => product.At("variants").EnumerateArray())
            // Tests beside this one sell products of their own.
            .Where(variant => variant.At("sku").GetString()!.StartsWith("MI-", StringComparison.Ordinal))
            .Where(variant => variant.At("offer").At("state").GetString() == "sellable")
            .Select(variant => (variant.At("sku").GetString()!, variant.At("offer").At("price").At("amount").GetString()!,
                variant.At("offer").At("price").At("currency").GetString()!, variant.At("offer").At("limitPerCustomer").GetInt32()))
            .ShouldBe([
                (Goods.Band, band, currency, 5),
                (Goods.PowerBank5000, small, currency, 5),
                (Goods.PowerBank10500, large, currency, 5),
                (Goods.Headphones, headphones, currency, 5),
            ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("US", "en", "A light activity and sleep tracker that runs for about a month on one charge.", "Mi Band, black", "Standard shipping")]
    [InlineData("GB", "en", "A light activity and sleep tracker that runs for about a month on one charge.", "Mi Band, black", "Standard delivery")]
    [InlineData("DE", "de", "Ein leichter Aktivitäts- und Schlaftracker, der mit einer Ladung rund einen Monat läuft.", "Mi Band, schwarz", "Standardversand")]
    [InlineData("FR", "fr", "Un bracelet léger qui suit votre activité et votre sommeil, avec environ un mois d’autonomie.", "Mi Band, noir", "Livraison standard")]
    public async Task Everything_is_said_in_the_market_s_language(string market, string language, string summary, string name, string shipping)
    {
        foreach (var query in new[] { "", $"?language={language}" })
        {
            var product = (await store.Door.Get($"/api/markets/{market}/products/mi-band{query}")).ShouldBe(HttpStatusCode.OK);
            product["summary"].GetString().ShouldBe(summary);
            product["variants"][0].At("name").GetString().ShouldBe(name);
        }

        var shopper = new Shopper(store, market);
        (await shopper.OpenCart((Goods.Band, 1)))["lines"][0].At("name").GetString().ShouldBe(name);
        (await shopper.Quote((Goods.Band, 1)))["shippingMethods"].EnumerateArray()
            .Single(method => method.At("code").GetString() == "standard").At("name").GetString().ShouldBe(shipping);
    }

    [Fact]
    public async Task Four_markets_are_open()
    {
        // Another journey prepares one that is not.
        var markets = (await store.Door.Get("/api/markets")).ShouldBe(HttpStatusCode.OK)["markets"].EnumerateArray()
            .Where(market => market.At("phase").GetString() != "announced");

        markets.Select(market => (market.At("code").GetString(), market.At("currency").GetString(), market.At("taxDisplay").GetString(), market.At("phase").GetString()))
            .ShouldBe([
                ("US", "USD", "excluded", "open"),
                ("GB", "GBP", "included", "open"),
                ("DE", "EUR", "included", "open"),
                ("FR", "EUR", "included", "open"),
            ], ignoreOrder: true);
        (await store.Door.Get("/api/markets/UK")).ShouldBe(HttpStatusCode.OK)["code"].GetString().ShouldBe("GB");
    }

    static async Task Buys(
        Shopper shopper, (string Sku, int Quantity)[] lines, string subtotal, string shipping, string tax, string total, string? cartId = null)
    {
        var quote = await shopper.Quote(lines);
        Sums(quote).ShouldBe((subtotal, shipping, tax, total));

        var answer = (await shopper.AskOrder(quote["quote"].GetString()!, cartId: cartId)).ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldEndWith($"/api/orders/{answer["id"].GetGuid()}");
        answer["status"].GetString().ShouldBe("reserved");

        var order = shopper.Placed(answer);
        var paid = await order.Becomes("paid");
        Sums(paid).ShouldBe((subtotal, shipping, tax, total));
        paid["lines"].EnumerateArray().Select(line => (line.At("sku").GetString()!, line.At("quantity").GetInt32())).ShouldBe(lines);
        await order.ShouldBePaidOnce();
    }

    static (string, string, string, string) Sums(Answer priced) =>
        (Amount(priced, "subtotal"), Amount(priced, "shipping"), Amount(priced, "tax"), Amount(priced, "total"));

    static string Amount(Answer priced, string what) => priced[what].At("amount").GetString()!;
}
