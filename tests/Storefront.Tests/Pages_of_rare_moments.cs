using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

/// <summary>Looked at like all others: what is not on sale yet, no more, in turn or paused, and a store that does not answer.</summary>
public sealed class Pages_of_rare_moments(OpenStore store, Chromium chromium)
{
    readonly Operator operators = new(store);

    [Fact]
    public async Task Are_for_everybody_in_every_state_of_a_product()
    {
        await operators.AddMarket("BE", "Belgium", "MI-BAND-BLK", 5, opensIn: TimeSpan.FromSeconds(2));
        foreach (var sku in new[] { "MI-HP-GLD", "MI-PB-5000-SLV", "MI-PB-10500-SLV" })
            await operators.SetPrice("BE", sku, "9.99");
        var now = await operators.Now();
        await Eventually.Passes(() => operators.ReleaseBatch("BE", "MI-HP-GLD", 5, now.AddDays(2)));
        await Eventually.Passes(() => operators.ReleaseBatch("BE", "MI-PB-10500-SLV", 5, now.AddDays(2), inTurn: true));
        var gone = await Eventually.Passes(() => operators.ReleaseBatch("BE", "MI-PB-5000-SLV", 5, now));
        await operators.Call(HttpMethod.Post, $"/api/admin/batches/{gone}/withdrawal");
        await Eventually.Passes(async () =>
        {
            var listing = (await store.Stack.Client.Get("/api/markets/BE/products")).Text;
            foreach (var state in new[] { "sellable", "upcoming", "sold-out" })
                listing.ShouldContain($"\"{state}\"");
        });
        var page = await chromium.Visit(store.Stack.Url, 1440, 800);
        var shopper = new Shopper(page, "be", "en");
        var onlooker = new Onlooker(page, "states", 1440, dark: false, withAxe: true);

        await See("", "home", ".state-sold-out");
        // This market has no statement of accessibility, so nothing leads there.
        (await page.Locator("footer a[href*='/legal/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.pathname.slice(13)))]"))
            .ShouldBe(["imprint", "terms", "withdrawal", "privacy"]);
        await See("products/mi-headphones", "upcoming", ".state-upcoming");
        await See("products/mi-power-bank-5000", "sold-out", ".state-sold-out");
        await See("products/mi-power-bank-10500", "in-turn", ".in-turn");
        await page.Locator(".in-turn a").ClickAsync();
        await page.Locator(".join").WaitForAsync();
        await onlooker.Look("line");
        await operators.Call(HttpMethod.Post, "/api/admin/markets/BE/pause");
        await See("products/mi-band", "paused", ".state-paused");
        await See("", "home-paused", ".state-paused");

        await page.Context.CloseAsync();
        onlooker.Faults.ShouldBeEmpty();

        Task See(string path, string name, string sign) => Eventually.Passes(async () =>
        {
            await shopper.Open(path);
            (await page.Locator(sign).CountAsync()).ShouldBeGreaterThan(0);
            await onlooker.Look(name);
        });
    }

    [Fact]
    public async Task Are_for_everybody_while_the_store_behind_them_does_not_answer()
    {
        await using var alone = await new ServiceUnderTest<Program>().With("Store:Api", "http://127.0.0.1:9").Start();
        var page = await chromium.Visit(alone.Client.BaseAddress!, 768, 800);
        var onlooker = new Onlooker(page, "alone", 768, dark: false, withAxe: true);

        (await page.GotoAsync("/de/de/"))!.Status.ShouldBe(503);
        await Expect(page.Locator("h1")).ToHaveTextAsync(Words.In("de").BusyTitle);
        await onlooker.Look("busy");
        (await page.GotoAsync("/fr/fr/sold-out"))!.Status.ShouldBe(200);
        await Expect(page.Locator("h1")).ToHaveTextAsync(Words.In("fr").SoldOutPageTitle);

        await page.Context.CloseAsync();
        onlooker.Faults.ShouldBeEmpty();
    }
}
