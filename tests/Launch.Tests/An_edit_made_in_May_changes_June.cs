namespace MiStore.Launch.Tests;

/// <summary>What is decided ahead takes effect at its instant, in every service, and nothing else changes.</summary>
public sealed class An_edit_made_in_May_changes_June(Store store) : IClassFixture<Store>
{
    static readonly DateTimeOffset Opening = DateTimeOffset.Parse("2015-05-31T23:00:00Z");
    static readonly DateTimeOffset Arrival = DateTimeOffset.Parse("2015-06-15T08:00:00Z");

    readonly Shopper shopper = new(store, "GB", new("London", null, "EC1A 1BB"));

    [Fact]
    public async Task A_looser_limit_begins_with_the_opening_and_an_accessory_two_weeks_later()
    {
        (await store.Operate(HttpMethod.Put, "/api/admin/limits", new { market = "GB", limit = 8, fromPhase = "open", why = "looser" })).ShouldBe(HttpStatusCode.OK);
        await An_accessory_is_planned_for_June();

        store.Clock.Now = Opening.AddMilliseconds(-1);
        await Eventually.Passes(async () => (await shopper.Shelf()).ShouldNotContainKey("MI-CBL-RED"));
        (await shopper.Shelf())["MI-BAND-BLK"].At("limitPerCustomer").GetInt32().ShouldBe(1);
        (await shopper.Pick("MI-BAND-BLK", 8)).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open");

        // The edit may still be on its way to some service: it was made a moment ago, whatever this clock says.
        store.Clock.Now = Opening;
        await Eventually.Passes(async () => (await shopper.Shelf())["MI-BAND-BLK"].At("limitPerCustomer").GetInt32().ShouldBe(8));
        await Eventually.Passes(() => shopper.Buy("MI-BAND-BLK", 8));
        (await shopper.Pick("MI-BAND-BLK", 9)).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded");

        store.Clock.Now = Arrival.AddMilliseconds(-1);
        var before = await shopper.Shelf();
        before.ShouldNotContainKey("MI-CBL-RED");
        (await shopper.Shelf("cable")).ShouldNotContainKey("MI-CBL-RED");
        (await store.Catalog.Get("/api/markets/GB/products/mi-cable")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-product");
        (await shopper.Pick("MI-CBL-RED", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");

        store.Clock.Now = Arrival;
        // Cart and Checkout have heard of the cable; Catalog may still be about to.
        var after = await Eventually.Passes(async () =>
        {
            var shelf = await shopper.Shelf();
            shelf["MI-CBL-RED"].At("state").GetString().ShouldBe("sellable");
            return shelf;
        });
        foreach (var (sku, offer) in before)
            after[sku].ShouldBeJson(offer.GetRawText());
        (await shopper.Shelf("cable")).ShouldContainKey("MI-CBL-RED");
        (await store.Catalog.Get("/api/markets/GB/products/mi-cable")).ShouldBe(HttpStatusCode.OK);
        await Eventually.Passes(() => shopper.Buy("MI-CBL-RED", 1));
    }

    async Task An_accessory_is_planned_for_June()
    {
        var names = new { en = "Mi Cable, red", de = "Mi Kabel, rot", fr = "Câble Mi, rouge" };
        (await store.Operate(HttpMethod.Post, "/api/admin/products", new
        {
            product = new
            {
                slug = "mi-cable", category = "power", texts = new { en = new { name = "Mi Cable", summary = "A flat cable.", description = "A flat USB cable." } },
                specifications = Array.Empty<object>(), images = Array.Empty<object>(), variants = new[] { new { sku = "MI-CBL-RED", names } },
            },
            why = "More accessories",
        })).ShouldBe(HttpStatusCode.Created);

        // Pricing knows the SKU when the news has arrived, and Checkout when Pricing's has.
        await Eventually.Passes(async () => (await store.Operate(HttpMethod.Put, "/api/admin/prices", new
        {
            market = "GB", sku = "MI-CBL-RED", price = new { amount = "4.99", currency = "GBP" }, effectiveFrom = Arrival,
        })).ShouldBe(HttpStatusCode.OK));
        await Eventually.Passes(async () => (await store.Operate(HttpMethod.Post, "/api/admin/batches", new
        {
            market = "GB", sku = "MI-CBL-RED", quantity = 50, opensAt = Arrival,
        })).ShouldBe(HttpStatusCode.Created));
        store.Clock.Now = Arrival.AddDays(-20);
        await Eventually.Passes(async () => (await shopper.Pick("MI-CBL-RED", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market"));
    }
}
