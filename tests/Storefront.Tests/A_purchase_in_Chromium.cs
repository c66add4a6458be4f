using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

public sealed class A_purchase_in_Chromium(OpenStore store, Chromium chromium)
{
    [Theory]
    [InlineData("us", "en", true)]
    [InlineData("gb", "en", true)]
    [InlineData("de", "de", true)]
    [InlineData("de", "en", true)]
    [InlineData("fr", "fr", true)]
    [InlineData("fr", "en", true)]
    [InlineData("de", "de", false)]
    public async Task Is_made_in_each_market_and_language_with_JavaScript_and_without(string market, string language, bool javaScript)
    {
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url, javaScript: javaScript), market, language);

        await shopper.GoToCheckout();
        await shopper.EnterAddress();
        await Expect(shopper.OrderButton).ToHaveTextAsync(shopper.Words.BuyButton(market.ToUpperInvariant()));
        await shopper.OrderButton.ClickAsync();

        await shopper.IsPaid();
        if (javaScript)
            await shopper.HasStayed();
        await shopper.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task Needs_no_mouse_and_the_focus_is_always_seen()
    {
        var page = await chromium.Visit(store.Stack.Url);
        var shopper = new Shopper(page, "fr", "fr");

        await shopper.Open();
        await Press("a.skip", "Enter");
        await Press(".card a[href$='/products/mi-band']", "Enter");
        await page.Locator("form.add").WaitForAsync();
        await Press("form.add button", "Enter");
        await page.Locator("form[action*='/cart/lines/']").WaitForAsync();
        await Press("a[href$='/checkout']", "Enter");
        await page.Locator("form.address").WaitForAsync();
        foreach (var (field, value) in shopper.Address())
        {
            await Reach("#" + field);
            await page.Keyboard.TypeAsync(value);
        }

        await Press("form.address button", "Enter");
        await shopper.OrderButton.WaitForAsync();
        await Press("form[action$='/checkout/order'] button", "Enter");

        await shopper.IsPaid();
        await page.Context.CloseAsync();

        async Task Press(string target, string key)
        {
            await Reach(target);
            await page.Keyboard.PressAsync(key);
        }

        async Task Reach(string target)
        {
            for (var steps = 0; steps < 80; steps++)
            {
                if (await page.EvaluateAsync<bool>("target => !!document.activeElement?.matches(target)", target))
                {
                    (await page.EvaluateAsync<bool>(FocusIsSeen)).ShouldBeTrue($"the focus on {target} is not seen");
                    return;
                }

                await page.Keyboard.PressAsync("Tab");
            }

            Assert.Fail($"{target} cannot be reached with the Tab key.");
        }
    }

    // The card of a product shows the focus of the link that covers it.
    const string FocusIsSeen = """
        () => [document.activeElement, document.activeElement.closest('.card')].some(element =>
          element && getComputedStyle(element).outlineStyle !== 'none' && parseFloat(getComputedStyle(element).outlineWidth) >= 2)
        """;
}
