using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

/// <summary>Markets of these tests' own, so that they can open and sell out while the others are bought from.</summary>
public sealed class Around_an_opening(OpenStore store, Chromium chromium)
{
    readonly Operator operators = new(store);

    [Fact]
    public async Task A_market_that_is_not_open_says_when_and_sells_from_that_instant_on()
    {
        await operators.AddMarket("IE", "Ireland", "MI-BAND-BLK", 5, opensIn: TimeSpan.FromDays(3));
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url), "ie", "en");
        await Eventually.Passes(async () =>
            (await store.Stack.Client.Get("/api/markets/IE/products/mi-band")).Text.ShouldContain("\"upcoming\""));

        await shopper.Open();
        await Expect(shopper.Page.Locator("#coming")).ToBeVisibleAsync();
        await Expect(shopper.Page.Locator("#sold-out")).ToHaveCountAsync(0);
        await shopper.Open("products/mi-band");
        await Expect(shopper.Page.Locator(".state-upcoming")).ToContainTextAsync("On sale from 5 June 2015");
        await Expect(shopper.Page.Locator("form.add")).ToHaveCountAsync(0);

        await operators.Reschedule("IE", opensIn: TimeSpan.FromSeconds(3));
        await Eventually.Passes(async () =>
        {
            await shopper.Open("products/mi-band");
            (await shopper.Page.Locator("form.add").CountAsync()).ShouldBe(1);
        });
        await shopper.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_comes_second_to_the_last_one_is_told_so_kindly()
    {
        await operators.AddMarket("MT", "Malta", "MI-BAND-BLK", 1, opensIn: TimeSpan.FromSeconds(1));
        await Eventually.Passes(async () =>
            (await store.Stack.Client.Get("/api/markets/MT/products/mi-band")).Text.ShouldContain("\"sellable\""));
        var first = new Shopper(await chromium.Visit(store.Stack.Url), "mt", "en");
        var second = new Shopper(await chromium.Visit(store.Stack.Url), "mt", "en");
        await first.GoToReview();
        await second.GoToReview();

        await first.OrderButton.ClickAsync();
        await first.IsPaid();
        await second.OrderButton.ClickAsync();

        await Expect(second.Notice).ToContainTextAsync("has just sold out. Nothing was ordered and nothing will be charged.");
        (await operators.OrdersOf(second.Email)).Orders.ShouldBe(0);
        await first.Page.Context.CloseAsync();
        await second.Page.Context.CloseAsync();
    }
}
