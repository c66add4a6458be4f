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
    public async Task Comes_of_a_line_that_breaks_and_nothing_typed_is_lost()
    {
        var shopper = await AtTheButton();

        await shopper.Page.Context.SetOfflineAsync(true);
        await shopper.OrderButton.ClickAsync();
        await Expect(shopper.Notice).ToHaveTextAsync(shopper.Words.LineLost);
        await shopper.Page.Context.SetOfflineAsync(false);
        await shopper.OrderButton.ClickAsync();

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

        await shopper.Page.GoBackAsync();
        // It is the same form, so it makes the same order.
        await shopper.OrderButton.ClickAsync();
        await shopper.IsPaid();
        await shopper.Page.ReloadAsync();
        await shopper.IsPaid();

        await IsOneOrder(shopper);
    }

    [Fact]
    public async Task Is_still_there_to_be_pressed_after_a_refresh()
    {
        var shopper = await AtTheButton();

        await shopper.Page.ReloadAsync();
        await shopper.OrderButton.ClickAsync();

        await shopper.IsPaid();
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
