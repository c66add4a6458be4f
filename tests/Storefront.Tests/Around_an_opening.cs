using Microsoft.Playwright;
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
        await Expect(shopper.Page.Locator("[data-time]")).ToContainTextAsync("2 days, 23:");
        (await shopper.Page.ContentAsync()).ShouldContain("schema.org/PreOrder");
        await shopper.Stays();

        await operators.Reschedule("IE", opensIn: TimeSpan.FromSeconds(4));
        await Expect(shopper.Page.Locator("form.add")).ToBeVisibleAsync();
        await Expect(shopper.Said).ToContainTextAsync("In stock");
        await shopper.HasStayed();
        await shopper.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_countdown_goes_by_the_store_s_clock_and_not_by_the_computer_s()
    {
        var opening = await operators.AddMarket("LU", "Luxembourg", "MI-BAND-BLK", 5, opensIn: TimeSpan.FromHours(5));
        await Eventually.Passes(async () =>
            (await store.Stack.Client.Get("/api/markets/LU/products/mi-band")).Text.ShouldContain("\"upcoming\""));
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url), "lu", "en");

        // An hour fast; then it sleeps for two, which its stopwatch does not notice; then somebody sets it to last year.
        await shopper.Page.Clock.InstallAsync(new ClockInstallOptions { TimeDate = DateTime.UtcNow.AddHours(1) });
        await shopper.Open("products/mi-band");
        await IsRight();
        await shopper.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddHours(3));
        await IsRight();
        await shopper.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddDays(-365));
        await IsRight();
        await shopper.Page.Context.CloseAsync();

        Task IsRight() => Eventually.Passes(async () =>
        {
            var shown = await shopper.Page.Locator("[data-until]").GetAttributeAsync("data-left");
            var left = (opening - await operators.Now()).TotalSeconds;
            double.Parse(shown.ShouldNotBeNull()).ShouldBe(left, tolerance: 3);
        });
    }

    [Fact]
    public async Task Who_comes_second_to_the_last_one_is_told_so_kindly()
    {
        await operators.AddMarket("MT", "Malta", "MI-BAND-BLK", 1, opensIn: TimeSpan.FromSeconds(5));
        await Eventually.Passes(async () =>
            (await store.Stack.Client.Get("/api/markets/MT/products/mi-band")).Text.ShouldContain("\"sellable\""));
        var first = new Shopper(await chromium.Visit(store.Stack.Url), "mt", "en");
        var second = new Shopper(await chromium.Visit(store.Stack.Url), "mt", "en");
        var onlooker = new Shopper(await chromium.Visit(store.Stack.Url), "mt", "en");
        var withoutStream = new Shopper(await chromium.Visit(store.Stack.Url), "mt", "en");
        await withoutStream.Page.RouteAsync("**/live", stream => stream.FulfillAsync(new RouteFulfillOptions
        {
            Status = 503, Headers = new Dictionary<string, string> { ["Poll-After"] = "1" },
        }));
        foreach (var shopper in (Shopper[])[onlooker, withoutStream])
        {
            await shopper.Open("products/mi-band");
            await Expect(shopper.Page.Locator("form.add")).ToBeVisibleAsync();
            await shopper.Stays();
        }

        await first.GoToReview();
        await second.GoToReview();

        await first.OrderButton.ClickAsync();
        await first.IsPaid();
        await second.OrderButton.ClickAsync();

        await Expect(second.Notice).ToContainTextAsync("has just sold out. Nothing was ordered and nothing will be charged.");
        (await operators.OrdersOf(second.Email)).Orders.ShouldBe(0);
        foreach (var shopper in (Shopper[])[onlooker, withoutStream])
        {
            await Expect(shopper.Page.Locator(".state-sold-out")).ToBeVisibleAsync();
            await Expect(shopper.Page.Locator("form.add")).ToHaveCountAsync(0);
            await shopper.HasStayed();
        }

        await Expect(onlooker.Said).ToContainTextAsync("Sold out");
        await onlooker.Page.Locator(".notice-form input").FillAsync("ada@example.org");
        await onlooker.Page.Locator(".notice-form button").ClickAsync();
        await Expect(onlooker.Page.Locator(".notice.done")).ToHaveTextAsync(onlooker.Words.NoticeNoted);

        await onlooker.Page.Context.CloseAsync();
        await withoutStream.Page.Context.CloseAsync();
        await first.Page.Context.CloseAsync();
        await second.Page.Context.CloseAsync();
    }
}
