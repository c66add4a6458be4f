using MiStore.Contracts;
using MiStore.Contracts.Quotes;

namespace MiStore.Launch.Tests;

/// <summary>
/// The launch of the seed, lived through in all four markets: announced, a week of test sale, closed, open. At each
/// boundary the same requests are made a millisecond before and at the instant itself; nothing is waited for between
/// them, since a boundary is decided by the clock.
/// </summary>
public sealed class A_launch_from_18_May_to_1_July_2015(Store store) : IClassFixture<Store>
{
    const string Band = "MI-BAND-BLK";
    const string Headphones = "MI-HP-GLD";
    const int TestBatch = 100;

    static readonly string[] Accessories = [Band, "MI-PB-5000-SLV", "MI-PB-10500-SLV", Headphones];
    static readonly string[] WhyNoPhones = ["localisation", "patents", "support-centre"];

    // Midnight in each market's own zone, in summer time, and the total of one Mi Band, both worked out by hand:
    // 14.99 + 4.99 + round(14.99 × 7.25 %); 12.99 + 3.99; 14.99 + 4.90.
    static readonly Expected[] Markets =
    [
        new("US", Utc("2015-05-19T04:00"), Utc("2015-05-26T04:00"), Utc("2015-06-01T04:00"), "21.07", "1.09", new("San Jose", "CA", "95110")),
        new("GB", Utc("2015-05-18T23:00"), Utc("2015-05-25T23:00"), Utc("2015-05-31T23:00"), "16.98", "2.82", new("London", null, "EC1A 1BB")),
        new("DE", Utc("2015-05-18T22:00"), Utc("2015-05-25T22:00"), Utc("2015-05-31T22:00"), "19.89", "3.17", new("Berlin", null, "10115")),
        new("FR", Utc("2015-05-18T22:00"), Utc("2015-05-25T22:00"), Utc("2015-05-31T22:00"), "19.89", "3.32", new("Paris", null, "75001")),
    ];

    readonly Dictionary<string, string> carts = [];
    readonly Dictionary<string, string> latestQuotes = [];
    bool headphonesAreGone;

    [Fact]
    public async Task Every_boundary_gives_its_two_answers_in_every_service_and_market()
    {
        foreach (var market in Markets)
            await Eventually.Passes(async () =>
            {
                var readiness = (await store.Operate(HttpMethod.Get, $"/api/admin/markets/{market.Code}/readiness")).ShouldBe(HttpStatusCode.OK);
                // Nothing is missing but a rehearsal, which is asked of who opens by hand.
                readiness["checks"].EnumerateArray().Where(check => check.At("missing").GetArrayLength() > 0).Select(check => check.At("name").GetString())
                    .ShouldBe(["rehearsal"], readiness.Text);
                readiness["heldFrom"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
            });

        var boundaries = Markets.SelectMany(market => new[] { market.TestFrom, market.TestUntil, market.OpensAt }).Distinct().Order().ToList();
        foreach (var boundary in boundaries)
        {
            await Look(boundary.AddMilliseconds(-1));
            await Look(boundary);
            if (boundary == Market("GB").TestFrom)
                await The_British_buy_all_headphones_of_the_test();
        }

        await Look(Utc("2015-07-01T12:00"));
        // The clock jumps over weeks; holds that ended meanwhile are ended within the next second.
        await Eventually.Passes(async () =>
        {
            var audit = (await store.Operate(HttpMethod.Get, "/api/admin/audit")).ShouldBe(HttpStatusCode.OK);
            audit["clean"].GetBoolean().ShouldBeTrue(audit.Text);
        });
    }

    async Task Look(DateTimeOffset now)
    {
        store.Clock.Now = now;
        foreach (var market in Markets)
        {
            var shopper = new Shopper(store, market.Code, market.Address);
            (await shopper.Phase()).ShouldBe(market.PhaseAt(now), $"{market.Code} at {now:O}");
            await The_shelf_says_so(market, shopper, now);
            await Phones_are_explained_and_not_sold(shopper);
            if (market.NextSaleAfter(now) is { } next)
                await Nothing_is_sold_before(next, shopper, market, now);
            else
                await One_is_sold_and_no_more_than_the_limit(shopper, market, now);
            await A_cart_of_the_test_sale_is_still_there(shopper, market, now);
        }
    }

    async Task The_shelf_says_so(Expected market, Shopper shopper, DateTimeOffset now)
    {
        var shelf = await shopper.Shelf();
        foreach (var sku in Accessories)
        {
            var offer = shelf[sku];
            var gone = headphonesAreGone && market.Code == "GB" && sku == Headphones && now < market.TestUntil;
            offer.At("state").GetString().ShouldBe(
                market.NextSaleAfter(now) is not null ? "upcoming" : gone ? "sold-out" : "sellable", $"{sku} in {market.Code} at {now:O}");
            if (market.NextSaleAfter(now) is { } next)
                offer.At("availableFrom").GetDateTimeOffset().ShouldBe(next);
            offer.At("limitPerCustomer").GetInt32().ShouldBe(market.LimitAt(now));
            offer.At("price").At("amount").GetString().ShouldNotBeNull();
        }
    }

    static async Task Phones_are_explained_and_not_sold(Shopper shopper)
    {
        var offer = (await shopper.Shelf())["MI-4-WHT-16"];
        offer.At("state").GetString().ShouldBe("restricted");
        Reasons(offer).ShouldBe(WhyNoPhones);
        Reasons((await shopper.Pick("MI-4-WHT-16", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market").Body).ShouldBe(WhyNoPhones);
        Reasons((await shopper.Quote("MI-4-WHT-16", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market").Body).ShouldBe(WhyNoPhones);
    }

    async Task Nothing_is_sold_before(DateTimeOffset next, Shopper shopper, Expected market, DateTimeOffset now)
    {
        // The quote may be one of a millisecond ago, when there was still a sale; else it is one that nobody could have.
        var quote = latestQuotes.GetValueOrDefault(market.Code) is { } latest && now == market.TestUntil ? latest : Forged(market, now);
        foreach (var refused in new[] { await shopper.Pick(Band, 1), await shopper.Quote(Band, 1), await shopper.Order(quote) })
            refused.ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open")["availableFrom"].GetDateTimeOffset().ShouldBe(next);
    }

    async Task One_is_sold_and_no_more_than_the_limit(Shopper shopper, Expected market, DateTimeOffset now)
    {
        var limit = market.LimitAt(now);
        (await shopper.Pick(Band, limit)).ShouldBe(HttpStatusCode.OK);
        foreach (var refused in new[] { await shopper.Pick(Band, limit + 1), await shopper.Quote(Band, limit + 1) })
            refused.ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded")["limit"].GetInt32().ShouldBe(limit);

        var quote = (await shopper.Quote(Band, 1)).ShouldBe(HttpStatusCode.OK);
        quote["total"].At("amount").GetString().ShouldBe(market.Total);
        quote["tax"].At("amount").GetString().ShouldBe(market.Tax);
        latestQuotes[market.Code] = quote["quote"].GetString()!;

        var order = (await shopper.Order(latestQuotes[market.Code])).ShouldBe(HttpStatusCode.Created);
        order["total"].At("amount").GetString().ShouldBe(market.Total);
    }

    async Task A_cart_of_the_test_sale_is_still_there(Shopper shopper, Expected market, DateTimeOffset now)
    {
        if (now == market.TestFrom)
        {
            carts[market.Code] = await shopper.OpenCart();
            (await shopper.Put(carts[market.Code], Band, 1)).ShouldBe(HttpStatusCode.OK);
        }

        if (!carts.TryGetValue(market.Code, out var cart))
            return;

        var line = (await store.Cart.Get($"/api/carts/{cart}")).ShouldBe(HttpStatusCode.OK)["lines"][0];
        var closed = market.NextSaleAfter(now) is not null;
        line.At("state").GetString().ShouldBe(closed ? "unavailable" : "ok");
        line.At("problem").GetString().ShouldBe(closed ? "not-yet-open" : null);
    }

    async Task The_British_buy_all_headphones_of_the_test()
    {
        var shopper = new Shopper(store, "GB", Market("GB").Address);
        var quote = (await shopper.Quote(Headphones, 1)).ShouldBe(HttpStatusCode.OK)["quote"].GetString()!;
        var orders = await Task.WhenAll(Enumerable.Range(0, TestBatch).Select(_ => shopper.Order(quote)));
        foreach (var order in orders)
            order.ShouldBe(HttpStatusCode.Created);

        // Only what is paid for stays sold: the clock is about to jump past every hold's end.
        foreach (var order in orders)
            await Eventually.Passes(async () => (await shopper.StatusOf(order)).ShouldBe("paid"));

        (await shopper.Order(quote)).ShouldBeProblem(HttpStatusCode.Conflict, "sold-out")["available"].GetInt32().ShouldBe(0);
        headphonesAreGone = true;
        await Eventually.Passes(async () => (await shopper.Shelf())[Headphones].At("state").GetString().ShouldBe("sold-out"));
    }

    /// <summary>Sealed with the right key, so that only the sale's own calendar stands against it.</summary>
    static string Forged(Expected market, DateTimeOffset now)
    {
        var price = new Money(1499, "EUR");
        return new QuoteSignature(TestKeys.Quotes).Seal(new Quote(
            Guid.NewGuid(), market.Code, price.Currency, TaxIncluded: true, [new QuoteLine(Band, "Mi Band", 1, price, price, price * 0)],
            price, price * 0, price * 0, [], price, new Destination(market.Code, market.Address.Region, market.Address.PostalCode), "standard",
            now, now.AddMinutes(15)));
    }

    static Expected Market(string code) => Markets.Single(market => market.Code == code);

    static List<string?> Reasons(JsonElement refusal) => [.. refusal.At("reasons").EnumerateArray().Select(reason => reason.GetString()).Order()];

    static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z");

    /// <summary>What the launch's announcement promises of a market.</summary>
    sealed record Expected(
        string Code, DateTimeOffset TestFrom, DateTimeOffset TestUntil, DateTimeOffset OpensAt, string Total, string Tax, Address Address)
    {
        public string PhaseAt(DateTimeOffset now) =>
            now < TestFrom ? "announced" : now < TestUntil ? "test" : now < OpensAt ? "closed" : "open";

        /// <summary>Null while there is a sale.</summary>
        public DateTimeOffset? NextSaleAfter(DateTimeOffset now) => PhaseAt(now) switch
        {
            "announced" => TestFrom,
            "closed" => OpensAt,
            _ => null,
        };

        public int LimitAt(DateTimeOffset now) => now < OpensAt ? 1 : 5;
    }
}
