using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

/// <summary>The second screen's price holds for a while; who needs longer gets longer.</summary>
public sealed class The_price_that_is_held(OpenStore store, Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Is_announced_before_it_ends_and_held_anew_when_asked_for_and_still_makes_one_order(bool javaScript)
    {
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url, javaScript: javaScript), "gb", "en");
        if (javaScript)
            await shopper.Page.Clock.InstallAsync();
        await shopper.GoToReview();
        if (javaScript)
        {
            // Who listens hears it in time, too.
            await Expect(shopper.Page.Locator(".holds [data-left]")).ToHaveCountAsync(1);
            await shopper.Page.Clock.FastForwardAsync("14:10");
            await Expect(shopper.Said).ToHaveTextAsync("1 minute left");
        }

        await shopper.Page.Locator("form[action$='/checkout'] button.option").Last.ClickAsync();
        await Expect(shopper.Page.Locator("button.option").Last).ToHaveAttributeAsync("aria-pressed", "true");
        // From here on, because the choice has been priced anew as well: what is pressed before the page has come is not heard.
        var before = await HeldUntil(shopper.Page);
        await shopper.Page.Locator(".holds button").ClickAsync();

        // The shipping method that was chosen stays chosen.
        await Eventually.Passes(async () => (await HeldUntil(shopper.Page)).ShouldBeGreaterThan(before));
        await Expect(shopper.Page.Locator("button.option").Last).ToHaveAttributeAsync("aria-pressed", "true");
        await shopper.OrderButton.ClickAsync();
        await shopper.IsPaid();
        (await new Operator(store).OrdersOf(shopper.Email)).ShouldBe((1, 1));
        await shopper.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task Is_asked_for_again_when_it_holds_no_more_and_nothing_is_ordered_unseen()
    {
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url), "gb", "en");
        await shopper.GoToReview();
        var before = await HeldUntil(shopper.Page);

        // A seal that the store does not accept any more, as after a quarter of an hour.
        await shopper.Page.Locator("input[name=quote]").EvaluateAsync("quote => { quote.value = quote.value.slice(0, -2) }");
        await shopper.OrderButton.ClickAsync();

        await Expect(shopper.Notice).ToHaveTextAsync(shopper.Words.RefusedQuoteExpired);
        (await new Operator(store).OrdersOf(shopper.Email)).Orders.ShouldBe(0);
        (await HeldUntil(shopper.Page)).ShouldBeGreaterThan(before);
        await Expect(shopper.Page.Locator("address")).ToContainTextAsync(shopper.Email);
        await shopper.OrderButton.ClickAsync();
        await shopper.IsPaid();
        await shopper.Page.Context.CloseAsync();
    }

    static async Task<DateTimeOffset> HeldUntil(IPage page) => DateTimeOffset.Parse(
        (await page.Locator(".holds [data-until]").GetAttributeAsync("data-until"))!, CultureInfo.InvariantCulture);
}
