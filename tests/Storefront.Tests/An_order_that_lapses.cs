using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

/// <summary>The payment is never decided, and the hold ends by itself.</summary>
public sealed class An_order_that_lapses(OpenStore store, Chromium chromium)
{
    [Theory]
    [InlineData("fr", true)]
    [InlineData("de", false)]
    public async Task Says_so_by_itself_and_is_tried_again_without_typing_anything_twice(string market, bool javaScript)
    {
        var operators = new Operator(store);
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url, javaScript: javaScript), market, market);
        var (page, words) = (shopper.Page, shopper.Words);
        await shopper.GoToReview();
        // A bank that never answers is not among the cards to practise with.
        await page.Locator("input[name=card]").First.EvaluateAsync("card => { card.value = 'tok_late' }");
        await shopper.OrderButton.ClickAsync();
        await Expect(shopper.Headline).ToHaveTextAsync(new Regex($"^({words.OrderHeadline("reserved")}|{words.OrderHeadline("paying")})$"));

        await operators.LetHoldEnd(shopper.Email);

        await Expect(shopper.Headline).ToHaveTextAsync(words.OrderHeadline("expired"));
        await Expect(page.Locator(".lead")).ToHaveTextAsync(words.OrderText("expired"));
        if (javaScript)
            await Expect(shopper.Said).ToHaveTextAsync(words.OrderHeadline("expired"));
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = words.OrderAgain }).ClickAsync();
        await page.Locator("a[href$='/checkout']").ClickAsync();
        foreach (var (field, value) in shopper.Address())
            await Expect(page.Locator("#" + field)).ToHaveValueAsync(value);
        await page.Locator("form.address button").ClickAsync();
        await page.Locator("input[value=tok_ok]").CheckAsync();
        await shopper.OrderButton.ClickAsync();

        await shopper.IsPaid();
        (await operators.OrdersOf(shopper.Email)).ShouldBe((2, 1));
        // It was kept for the second try, and for nothing else.
        (await page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "address");
        await page.Context.CloseAsync();
    }
}
