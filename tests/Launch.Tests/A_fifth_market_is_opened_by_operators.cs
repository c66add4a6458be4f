using System.Text.Json.Nodes;

namespace MiStore.Launch.Tests;

/// <summary>Italy, by calls alone: nothing is built, deployed or started again for it.</summary>
public sealed class A_fifth_market_is_opened_by_operators(Store store) : IClassFixture<Store>
{
    static readonly DateTimeOffset Opening = DateTimeOffset.Parse("2015-06-15T07:00:00Z"); // nine in the morning in Rome

    readonly Shopper shopper = new(store, "IT", new("Roma", null, "00184"));

    [Fact]
    public async Task And_somebody_buys_there_from_its_opening_on()
    {
        (await store.Pricing.Get("/api/markets/IT")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        (await store.Operate(HttpMethod.Post, "/api/admin/markets", Italy)).ShouldBe(HttpStatusCode.Created)["phase"].GetString().ShouldBe("announced");
        (await store.Operate(HttpMethod.Post, "/api/admin/markets", Italy)).ShouldBeProblem(HttpStatusCode.Conflict, "duplicate-market");

        // Without a price nothing is sold: nobody converts one.
        (await shopper.Quote("MI-BAND-BLK", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");

        (await store.Operate(HttpMethod.Put, "/api/admin/prices", new
        {
            market = "IT", sku = "MI-BAND-BLK", price = new { amount = "15.99", currency = "EUR" },
        })).ShouldBe(HttpStatusCode.OK);
        (await store.Operate(HttpMethod.Put, "/api/admin/limits", new { market = "IT", limit = 2, fromPhase = "open" })).ShouldBe(HttpStatusCode.OK);
        await Eventually.Passes(async () => (await store.Operate(HttpMethod.Post, "/api/admin/batches", new
        {
            market = "IT", sku = "MI-BAND-BLK", quantity = 50, opensAt = Opening,
        })).ShouldBe(HttpStatusCode.Created));

        await Eventually.Passes(async () =>
        {
            var offer = (await shopper.Shelf())["MI-BAND-BLK"];
            offer.At("state").GetString().ShouldBe("upcoming");
            offer.At("availableFrom").GetDateTimeOffset().ShouldBe(Opening);
            offer.At("price").ShouldBeJson("""{"amount":"15.99","currency":"EUR"}""");
        });

        await It_says_what_is_missing_and_nobody_opens_it_alone();
        await The_band_is_told_in_Italian();
        await The_law_is_told_and_the_launch_rehearsed();
        await Eventually.Passes(async () => (await store.Operate(HttpMethod.Post, "/api/admin/markets/IT/resume")).ShouldBe(HttpStatusCode.OK));

        // Until every service has heard of it, and none later.
        await Eventually.Passes(async () => (await shopper.Pick("MI-BAND-BLK", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open"));
        store.Clock.Now = Opening.AddMilliseconds(-1);
        (await shopper.Quote("MI-BAND-BLK", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open");

        store.Clock.Now = Opening;
        (await shopper.Phase()).ShouldBe("open");
        // Before the opening a held market looks as one that is not: only now is it seen that the cart knows of the resumption.
        await Eventually.Passes(async () =>
            (await shopper.Pick("MI-BAND-BLK", 3)).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded")["limit"].GetInt32().ShouldBe(2));
        var order = await Eventually.Passes(() => shopper.Buy("MI-BAND-BLK", 2));

        // 2 × 15.99 + 5.90; contained in it, line by line: 31.98 − 31.98 ÷ 1.22 = 5.77 and 5.90 − 5.90 ÷ 1.22 = 1.06.
        order["total"].ShouldBeJson("""{"amount":"37.88","currency":"EUR"}""");
        order["tax"].ShouldBeJson("""{"amount":"6.83","currency":"EUR"}""");
        order["taxLines"][0].At("name").GetString().ShouldBe("IVA 22 %");
    }

    async Task It_says_what_is_missing_and_nobody_opens_it_alone()
    {
        var missing = await Eventually.Passes(async () =>
        {
            var readiness = (await store.Operate(HttpMethod.Get, "/api/admin/markets/IT/readiness")).ShouldBe(HttpStatusCode.OK);
            readiness["heldFrom"].GetDateTimeOffset().ShouldBe(Opening);
            readiness["missingTexts"].At("en").GetInt32().ShouldBe(0);
            var texts = readiness["missingTexts"].At("it").GetInt32();
            var missing = readiness["checks"].EnumerateArray().SelectMany(check => check.At("missing").EnumerateArray()).Select(it => it.GetString()).ToList();
            missing.ShouldBe(
            [
                $"MI-BAND-BLK lacks {texts} of {texts} texts in 'it'.", "MI-BAND-BLK has no responsible person in IT.", "MI-BAND-BLK has no warnings in 'it'.",
                "IT has no imprint in 'it', 'en'.", "IT has no terms in 'it', 'en'.", "IT has no withdrawal in 'it', 'en'.", "IT has no privacy in 'it', 'en'.",
                "No launch has been rehearsed: ./mistore rehearse.",
            ]);
            return missing;
        });
        (await store.Operate(HttpMethod.Post, "/api/admin/markets/IT/resume")).ShouldBeProblem(HttpStatusCode.Conflict, "market-not-ready")["missing"]
            .EnumerateArray().Select(it => it.GetString()).ShouldBe(missing);
    }

    /// <summary>Every text of it, its category's name, its warnings, and somebody in Italy who answers for it.</summary>
    async Task The_band_is_told_in_Italian()
    {
        var found = (await store.Operate(HttpMethod.Get, "/api/admin/products/mi-band")).ShouldBe(HttpStatusCode.OK);
        var band = JsonNode.Parse(found["product"].GetRawText())!.AsObject();
        foreach (var texts in ByLanguage(band).ToList())
            texts["it"] = texts["en"]!.DeepClone();
        band["texts"]!["it"] = JsonNode.Parse("""{"name":"Mi Band","summary":"Un bracciale leggero.","description":"Conta i passi e osserva il sonno."}""");
        band["safety"]!["responsiblePersons"]!["IT"] = band["safety"]!["responsiblePersons"]!["DE"]!.DeepClone();

        (await store.Operate(HttpMethod.Put, "/api/admin/products/mi-band", new { product = band, version = found["version"].GetInt64(), why = "Italy" }))
            .ShouldBe(HttpStatusCode.OK);
        (await store.Operate(HttpMethod.Put, "/api/admin/categories/wearables", new
        {
            names = new { en = "Wearables", de = "Wearables", fr = "Objets connectés", it = "Indossabili" }, why = "Italy",
        })).ShouldBe(HttpStatusCode.OK);
        (await store.Catalog.Get("/api/markets/IT/products/mi-band")).ShouldBe(HttpStatusCode.OK)["categoryName"].GetString().ShouldBe("Indossabili");
    }

    async Task The_law_is_told_and_the_launch_rehearsed()
    {
        foreach (var document in new[] { "imprint", "terms", "withdrawal", "privacy" })
            (await store.Operate(HttpMethod.Put, $"/api/admin/markets/IT/legal/{document}", new
            {
                texts = new { it = new { title = "Testo", body = "Un testo." }, en = new { title = "Text", body = "A text." } }, why = "Italy",
            })).ShouldBe(HttpStatusCode.OK);
        (await store.Operate(HttpMethod.Post, "/api/admin/rehearsals", new { passed = true, summary = "By hand." })).ShouldBe(HttpStatusCode.OK);
    }

    static IEnumerable<JsonObject> ByLanguage(JsonNode? node) => node switch
    {
        JsonObject texts when texts["en"] is JsonValue => [texts],
        JsonObject parent => parent.SelectMany(member => ByLanguage(member.Value)),
        JsonArray list => list.SelectMany(ByLanguage),
        _ => [],
    };

    static object Italy => new
    {
        code = "IT", name = "Italia", currency = "EUR", locale = "it-IT", languages = new[] { "it", "en" }, timeZone = "Europe/Rome",
        taxDisplay = "included", seller = new { name = "MiStore Italia S.r.l.", address = "Via Esempio 1, 00184 Roma, Italia" },
        postalCodePattern = "[0-9]{5}", calendar = new { opensAt = "2015-06-15T09:00", testSale = (object?)null },
        taxes = new[] { new { name = "IVA 22 %", rate = 0.22, shippingTaxed = true, hasNexus = true, asOf = "2015-05-01", source = "DPR 633/1972, art. 16" } },
        shipping = new[]
        {
            new
            {
                code = "standard", names = new { it = "Spedizione standard", en = "Standard delivery" },
                price = new { amount = "5.90", currency = "EUR" }, freeFrom = new { amount = "49.00", currency = "EUR" }, daysMin = 2, daysMax = 5,
            },
        },
        why = "The fifth market",
    };
}
