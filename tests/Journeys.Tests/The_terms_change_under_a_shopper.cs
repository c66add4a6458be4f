using System.Text.Json;

namespace MiStore.Journeys.Tests;

/// <summary>Each in a market that nobody else is in at the time: these change what everybody sees.</summary>
[Collection(Alone.Name)]
public sealed class The_terms_change_under_a_shopper(Store store)
{
    [Fact]
    public async Task A_price_that_nobody_accepted_is_never_charged()
    {
        // Not on sale yet, so that an order which comes before the news is refused and not filled at the old price.
        var opensAt = DateTimeOffset.UtcNow.AddDays(1);
        var sku = await store.OwnProduct("FR", 10, opensAt);
        var shopper = new Shopper(store, "FR");
        var quote = (await shopper.Quote((sku, 1)))["quote"].GetString()!;
        (await shopper.AskOrder(quote)).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open")["availableFrom"]
            .GetDateTimeOffset().ShouldBe(opensAt, TimeSpan.FromMilliseconds(1));

        (await store.SetPrice("FR", sku, "12.00")).ShouldBe(HttpStatusCode.OK);

        var refusal = await Eventually.Passes(async () =>
            (await shopper.AskOrder(quote)).ShouldBeProblem(HttpStatusCode.Conflict, "price-changed"));
        var change = refusal["changes"].EnumerateArray().ShouldHaveSingleItem();
        change.At("sku").GetString().ShouldBe(sku);
        change.At("old").At("amount").GetString().ShouldBe("10.00");
        change.At("new").At("amount").GetString().ShouldBe("12.00");
        (await shopper.Quote((sku, 1)))["subtotal"].At("amount").GetString().ShouldBe("12.00");
    }

    [Fact]
    public async Task The_last_unit_is_sold_once()
    {
        var sku = await store.OwnProduct("US", 1);
        Shopper[] shoppers = [.. Enumerable.Range(0, 8).Select(_ => new Shopper(store, "US"))];
        var quotes = await Task.WhenAll(shoppers.Select(shopper => shopper.Quote((sku, 1))));

        var answers = await Task.WhenAll(shoppers.Zip(quotes, (shopper, quote) => shopper.AskOrder(quote["quote"].GetString()!)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        foreach (var refusal in answers.Where(answer => answer.Status != 201))
            refusal.ShouldBeProblem(HttpStatusCode.Conflict, "sold-out")["available"].GetInt32().ShouldBe(0);
        await Eventually.Passes(async () => (await OfferOf("US", sku)).At("state").GetString().ShouldBe("sold-out"));
    }

    [Fact]
    public async Task A_market_that_opens_later_sells_nothing_before()
    {
        var shopper = new Shopper(store, "FR");
        var cart = (await shopper.OpenCart((Goods.Band, 1)))["id"].GetString();
        var quote = (await shopper.Quote((Goods.Band, 1)))["quote"].GetString()!;
        var opensAt = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(30), TimeSpan.Zero);
        try
        {
            await Schedule("FR", opensAt.ToString("yyyy-MM-ddTHH:mm:ssZ"));

            await Eventually.Passes(async () =>
            {
                Answer[] refusals =
                [
                    await store.Door.Put($"/api/carts/{cart}/lines/{Goods.Headphones}", new { quantity = 1 }),
                    await shopper.AskQuote((Goods.Band, 1)),
                    await shopper.AskOrder(quote, "tok_declined"),
                ];
                foreach (var refusal in refusals)
                    refusal.ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open")["availableFrom"].GetDateTimeOffset().ShouldBe(opensAt);
            });
            await Eventually.Passes(async () =>
            {
                var offer = await OfferOf("FR", Goods.Band);
                offer.At("state").GetString().ShouldBe("upcoming");
                offer.At("availableFrom").GetDateTimeOffset().ShouldBe(opensAt);
            });
            // Nothing disappears silently.
            (await store.Door.Get($"/api/carts/{cart}")).ShouldBe(HttpStatusCode.OK)["lines"][0].At("state").GetString().ShouldBe("unavailable");
        }
        finally
        {
            // Sooner again, with goods on the shelf that other tests made and that lack texts and safety data: two people agree.
            foreach (var subject in new[] { "ada", "grace" })
                await Agree("FR", subject);
            await Schedule("FR", DateTimeOffset.UtcNow.ToString("O"));
        }

        await Eventually.Passes(async () =>
            (await store.Door.Put($"/api/carts/{cart}/lines/{Goods.Headphones}", new { quantity = 1 })).ShouldBe(HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_paused_market_sells_nothing_until_it_goes_on()
    {
        var shopper = new Shopper(store, "DE");
        var cart = (await shopper.OpenCart())["id"].GetString();
        var quote = (await shopper.Quote((Goods.Band, 1)))["quote"].GetString()!;
        try
        {
            (await store.AsOperator(HttpMethod.Post, "/api/admin/markets/DE/pause", new { why = "A test." })).ShouldBe(HttpStatusCode.OK);

            await Eventually.Passes(async () =>
            {
                (await store.Door.Put($"/api/carts/{cart}/lines/{Goods.Band}", new { quantity = 1 })).ShouldBeProblem(HttpStatusCode.Conflict, "market-paused");
                (await shopper.AskQuote((Goods.Band, 1))).ShouldBeProblem(HttpStatusCode.Conflict, "market-paused");
                (await shopper.AskOrder(quote, "tok_declined")).ShouldBeProblem(HttpStatusCode.Conflict, "market-paused");
            });
            await Eventually.Passes(async () => (await OfferOf("DE", Goods.Band)).At("state").GetString().ShouldBe("paused"));
        }
        finally
        {
            // Other tests sell things here of which only a name in English is known; two people take that upon themselves.
            await Agree("DE", "ada");
            await Agree("DE", "grace");
            (await store.AsOperator(HttpMethod.Post, "/api/admin/markets/DE/resume", new { why = "The test is over." })).ShouldBe(HttpStatusCode.OK);
        }

        await Eventually.Passes(async () =>
            (await store.Door.Put($"/api/carts/{cart}/lines/{Goods.Band}", new { quantity = 1 })).ShouldBe(HttpStatusCode.OK));
    }

    [Fact]
    public async Task One_paused_product_is_paused_everywhere_and_the_rest_sells_on()
    {
        var sku = await store.OwnProduct("GB", 20);
        var slug = sku.ToLowerInvariant();
        var shopper = new Shopper(store, "GB");
        var cart = (await shopper.OpenCart((sku, 1)))["id"].GetString();
        var quote = (await shopper.Quote((sku, 1)))["quote"].GetString()!;
        var held = shopper.Placed((await shopper.AskOrder(quote, "tok_slow")).ShouldBe(HttpStatusCode.Created));

        (await store.AsOperator(HttpMethod.Post, $"/api/admin/markets/GB/products/{slug}/pause", new { why = "A recall." })).ShouldBe(HttpStatusCode.OK);

        // A second is promised; the deadline is the machine's, which may be busy with other journeys.
        await Eventually.Passes(async () =>
        {
            (await store.Door.Put($"/api/carts/{cart}/lines/{sku}", new { quantity = 2 })).ShouldBeProblem(HttpStatusCode.Conflict, "product-paused");
            (await shopper.AskQuote((sku, 1))).ShouldBeProblem(HttpStatusCode.Conflict, "product-paused");
            var refusal = (await shopper.AskOrder(quote, "tok_declined")).ShouldBeProblem(HttpStatusCode.Conflict, "product-paused");
            refusal["sku"].GetString().ShouldBe(sku);
            refusal["allowedQuantity"].GetInt32().ShouldBe(0);
            refusal["message"].GetString().ShouldBe("The sale of this product is paused for the moment. Your cart stays as it is.");
            (await store.Door.Get($"/api/carts/{cart}")).ShouldBe(HttpStatusCode.OK)["lines"][0].At("problem").GetString().ShouldBe("product-paused");
            (await OfferOf("GB", sku)).At("state").GetString().ShouldBe("paused");
            (await store.Door.Get($"/api/markets/GB/products/{slug}")).ShouldBe(HttpStatusCode.OK)["variants"][0].At("offer").At("state").GetString().ShouldBe("paused");
            (await store.Door.Get($"/api/markets/GB/products?search=journey&pageSize=100")).ShouldBe(HttpStatusCode.OK)["items"].EnumerateArray()
                .Single(product => product.At("slug").GetString() == slug)
                .At("variants")[0].At("offer").At("state").GetString().ShouldBe("paused");
        });
        (await shopper.AskQuote((Goods.Band, 1))).ShouldBe(HttpStatusCode.OK);
        await held.Becomes("paid");

        (await store.AsOperator(HttpMethod.Post, $"/api/admin/markets/GB/products/{slug}/resume", new { why = "It was another's." })).ShouldBe(HttpStatusCode.OK);
        await Eventually.Passes(async () => (await shopper.AskQuote((sku, 1))).ShouldBe(HttpStatusCode.OK));
        await Eventually.Passes(async () =>
            (await shopper.AskOrder((await shopper.Quote((sku, 1)))["quote"].GetString()!)).ShouldBe(HttpStatusCode.Created));
    }

    [Fact]
    public async Task An_order_says_which_terms_it_accepted_also_when_there_are_newer_ones()
    {
        var sku = await store.OwnProduct("US", 10);
        var shopper = new Shopper(store, "US");
        var quote = await shopper.Quote((sku, 1));
        var version = quote["termsVersion"].GetInt32();

        (await store.AsOperator(HttpMethod.Put, "/api/admin/markets/US/legal/terms", new
        {
            texts = new { en = new { title = "Terms of sale", body = "# Everything\nAs it was, in other words." } }, why = "A test.",
        })).ShouldBe(HttpStatusCode.OK)["version"].GetInt32().ShouldBe(version + 1);

        var first = await shopper.PlaceOrder(quote);
        (await first.Look()).ShouldBe(HttpStatusCode.OK)["termsVersion"].GetInt32().ShouldBe(version);
        var second = await shopper.PlaceOrder(await shopper.Quote((sku, 1)));
        (await second.Look()).ShouldBe(HttpStatusCode.OK)["termsVersion"].GetInt32().ShouldBe(version + 1);

        (await store.Door.Get($"/api/markets/US/legal/terms?version={version}")).ShouldBe(HttpStatusCode.OK)["body"].GetString()!.ShouldContain("State of California");
        (await store.Door.Get("/api/markets/us/legal/terms")).ShouldBe(HttpStatusCode.OK)["body"].GetString()!.ShouldContain("in other words");
    }

    [Fact]
    public async Task A_quote_that_has_run_out_is_refused()
    {
        var (shopper, quote) = store.First;

        // It was given when the store opened, so there is seldom anything to wait for.
        await Eventually.True(() => DateTimeOffset.UtcNow > quote["expiresAt"].GetDateTimeOffset());

        (await shopper.AskOrder(quote["quote"].GetString()!)).ShouldBeProblem(HttpStatusCode.Conflict, "quote-expired")["expiredAt"]
            .GetDateTimeOffset().ShouldBe(quote["expiresAt"].GetDateTimeOffset());
    }

    async Task Agree(string market, string subject)
    {
        var token = (await store.Door.Post("/api/dev/token", new { role = "store-operator", subject })).ShouldBe(HttpStatusCode.OK)["accessToken"].GetString();
        (await store.Door.Ask(
            HttpMethod.Post, $"/api/admin/markets/{market}/readiness/override", new { why = "A test." },
            ("Authorization", $"Bearer {token}"))).ShouldBe(HttpStatusCode.OK);
    }

    async Task Schedule(string market, string opensAt) => (await store.AsOperator(
        HttpMethod.Put, $"/api/admin/markets/{market}/calendar",
        new { opensAt, testSale = new { from = "2015-05-19T00:00", until = "2015-05-26T00:00" }, why = "A test." })).ShouldBe(HttpStatusCode.OK);

    async Task<JsonElement> OfferOf(string market, string sku) =>
        (await store.Door.Get($"/api/markets/{market}/products?pageSize=100")).ShouldBe(HttpStatusCode.OK)["items"].EnumerateArray()
        .SelectMany(product => product.At("variants").EnumerateArray())
        .Single(variant => variant.At("sku").GetString() == sku)
        .At("offer");
}
