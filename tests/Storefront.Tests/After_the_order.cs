using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

public sealed class After_the_order(OpenStore store, Chromium chromium)
{
    [Fact]
    public async Task It_is_cancelled_by_its_link_and_looked_up_without_it()
    {
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url), "fr", "fr");
        var (page, words) = (shopper.Page, shopper.Words);
        await shopper.GoToReview();
        await shopper.OrderButton.ClickAsync();
        await shopper.IsPaid();
        var number = (await page.Locator(".eyebrow").InnerTextAsync()).Split(' ')[^1];
        var link = page.Url;

        await page.Locator("form[action$='/cancellation'] button").ClickAsync();

        await Expect(shopper.Headline).ToHaveTextAsync(new Regex(Cancelled(words)));
        await Expect(page.Locator("form[action$='/cancellation']")).ToHaveCountAsync(0);
        // The page leads back to what was ordered.
        await page.GotoAsync(link);
        await page.Locator("form[action$='/cart'] button").ClickAsync();
        await Expect(page.Locator(".lines")).ToContainTextAsync("Mi Band");

        await LookUp(number, shopper.Email);
        await Expect(shopper.Headline).ToHaveTextAsync(new Regex(Cancelled(words)));
        await Expect(page.Locator("main")).Not.ToContainTextAsync(shopper.Email);

        for (var tries = 0; tries < 5; tries++)
        {
            await LookUp(number, $"{tries}@example.org");
            await Expect(shopper.Notice).ToHaveTextAsync(words.RefusedUnknownOrder);
            await Expect(page.Locator("#number")).ToHaveValueAsync(number);
        }

        // Now not even the right one, for a quarter of an hour.
        await LookUp(number, shopper.Email);
        await Expect(shopper.Notice).ToContainTextAsync(words.RefusedTries.Split("{0}")[0].TrimEnd());
        await page.Context.CloseAsync();

        async Task LookUp(string number, string email)
        {
            await shopper.Open("orders");
            await page.Locator("#number").FillAsync(number);
            await page.Locator("#email").FillAsync(email);
            await page.Locator("form[action$='/orders'] button").ClickAsync();
        }
    }

    // Whether the money is back already is a matter of milliseconds.
    static string Cancelled(Words words) => $"{words.OrderHeadline("cancelled")}|{words.OrderHeadline("refunded")}";
}
