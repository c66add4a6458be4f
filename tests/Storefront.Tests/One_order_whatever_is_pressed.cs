using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

public sealed class One_order_whatever_is_pressed(OpenStore store, Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Comes_of_a_double_click(bool javaScript)
    {
        var shopper = await AtTheButton(javaScript);

        await shopper.OrderButton.DblClickAsync();

        await shopper.IsPaid();
        await IsOneOrder(shopper);
    }

    [Fact]
    public async Task Comes_of_two_tabs()
    {
        var shopper = await AtTheButton();
        var tab = new Shopper(await shopper.Page.Context.NewPageAsync(), "de", "de");
        await tab.Open("checkout");
        await tab.EnterAddress();

        await shopper.OrderButton.ClickAsync();
        await shopper.IsPaid();
        await tab.OrderButton.ClickAsync();

        await Expect(tab.Headline).ToHaveTextAsync(tab.Words.OrderedTitle);
        await IsOneOrder(shopper);
    }

    [Fact]
    public async Task Comes_of_the_back_button_and_a_refresh()
    {
        var shopper = await AtTheButton();
        await shopper.OrderButton.ClickAsync();
        await shopper.IsPaid();

        await shopper.Page.ReloadAsync();
        await shopper.IsPaid();
        try
        {
            await shopper.Page.GoBackAsync();
        }
        catch (PlaywrightException asked) when (asked.Message.Contains("ERR_CACHE_MISS"))
        {
            // The browser would rather not send a form again, so the shopper goes there anew.
            await new Shopper(await shopper.Page.Context.NewPageAsync(), "de", "de").Open("checkout");
        }

        // Where the browser shows the form once more, it is the same form; else the cart is empty, and it says so.
        if (await shopper.OrderButton.IsVisibleAsync())
        {
            await shopper.OrderButton.ClickAsync();
            await shopper.IsPaid();
        }

        await IsOneOrder(shopper);
    }

    async Task<Shopper> AtTheButton(bool javaScript = true)
    {
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url, javaScript: javaScript), "de", "de");
        await shopper.GoToReview();
        return shopper;
    }

    async Task IsOneOrder(Shopper shopper)
    {
        (await new Operator(store).OrdersOf(shopper.Email)).ShouldBe((1, 1));
        await shopper.Page.Context.CloseAsync();
    }
}
