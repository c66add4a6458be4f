namespace MiStore.Storefront.Tests;

/// <summary>Every kind of page is looked at: by the rules of axe, on small and large windows, light and dark, in each language.</summary>
public sealed class The_pages_are_for_everybody(OpenStore store, Chromium chromium)
{
    static readonly string[] Paths =
    [
        "", "categories/power", "search?q=band", "search?q=xyzzy", "products/mi-band", "products/mi-4", "cart", "orders", "legal/withdrawal",
        "sold-out", "nothing",
    ];

    [Theory]
    [InlineData("us", "en", 1440, false, true)]
    [InlineData("de", "de", 360, true, false)]
    [InlineData("fr", "fr", 768, false, false)]
    [InlineData("gb", "en", 320, true, false)]
    public async Task Axe_finds_nothing_and_nothing_sticks_out(string market, string language, int width, bool dark, bool withAxe)
    {
        // Axe's rules are about mark-up and colour, which the languages share; what does not fit depends on the words.
        var page = await chromium.Visit(store.Stack.Url, width, 800, dark: dark, locale: language);
        var shopper = new Shopper(page, market, language);
        var onlooker = new Onlooker(page, $"{market}-{language}-{width}{(dark ? "-dark" : "")}", width, dark, withAxe);

        await page.GotoAsync("/");
        await onlooker.Look("choice");
        foreach (var path in Paths)
        {
            await shopper.Open(path);
            await onlooker.Look(path == "" ? "home" : path);
        }

        await shopper.Pick("mi-headphones", 2);
        await page.Locator("a[href$='/checkout']").WaitForAsync();
        await onlooker.Look("cart-filled");
        await shopper.Pick("mi-headphones", 5);
        await shopper.Notice.WaitForAsync();
        await onlooker.Look("product-refused");
        await shopper.Open("checkout");
        await onlooker.Look("checkout");
        await page.Locator("form.address").EvaluateAsync("form => { form.noValidate = true; form.requestSubmit() }");
        await shopper.Notice.WaitForAsync();
        await onlooker.Look("checkout-refused");
        await shopper.FillAddress();
        await page.Locator("form.address button").ClickAsync();
        await shopper.OrderButton.WaitForAsync();
        await onlooker.Look("review");
        await shopper.OrderButton.ClickAsync();
        await shopper.IsPaid();
        await onlooker.Look("order");

        await page.Context.CloseAsync();
        onlooker.Faults.ShouldBeEmpty();
    }
}
