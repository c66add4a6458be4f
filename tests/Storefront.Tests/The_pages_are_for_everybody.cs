using Microsoft.Playwright;

namespace MiStore.Storefront.Tests;

/// <summary>Every page is looked at: by the rules of axe, on a small telephone, in the dark, and for a picture.</summary>
public sealed class The_pages_are_for_everybody(OpenStore store, Chromium chromium)
{
    static readonly string[] Paths =
    [
        "", "categories/power", "search?q=band", "search?q=xyzzy", "products/mi-band", "products/mi-4", "cart", "orders", "legal/withdrawal",
        "sold-out", "nothing",
    ];

    static readonly string Pictures = Path.Combine(
        AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar + "bin" + Path.DirectorySeparatorChar)[0], "TestResults", "pages");

    [Theory]
    [InlineData("us", "en", 1440, false, true)]
    [InlineData("de", "de", 360, true, true)]
    [InlineData("fr", "fr", 768, false, false)]
    [InlineData("gb", "en", 320, true, false)]
    public async Task Axe_finds_nothing_and_nothing_sticks_out(string market, string language, int width, bool dark, bool withAxe)
    {
        // Its rules are about the mark-up, which the languages share; what does not fit depends on both.
        var axe = withAxe ? await Chromium.Axe : null;
        var page = await chromium.Visit(store.Stack.Url, width, 800, dark: dark, locale: language);
        var shopper = new Shopper(page, market, language);
        var faults = new List<string>();

        await page.GotoAsync("/");
        await Look("choice");
        foreach (var path in Paths)
        {
            await shopper.Open(path);
            await Look(path == "" ? "home" : path);
        }

        await shopper.Pick("mi-headphones", 2);
        await page.Locator("a[href$='/checkout']").WaitForAsync();
        await Look("cart-filled");
        await shopper.Pick("mi-headphones", 5);
        await shopper.Notice.WaitForAsync();
        await Look("product-refused");
        await shopper.Open("checkout");
        await Look("checkout");
        await page.Locator("form.address").EvaluateAsync("form => { form.noValidate = true; form.requestSubmit() }");
        await shopper.Notice.WaitForAsync();
        await Look("checkout-refused");
        await shopper.FillAddress();
        await page.Locator("form.address button").ClickAsync();
        await shopper.OrderButton.WaitForAsync();
        await Look("review");
        await shopper.OrderButton.ClickAsync();
        await shopper.IsPaid();
        await Look("order");

        await page.Context.CloseAsync();
        faults.ShouldBeEmpty();

        async Task Look(string name)
        {
            if (axe is not null)
            {
                faults.AddRange((await Chromium.FaultsOf(page)).Select(fault => $"{name}: {fault}"));
            }

            if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var wide)
                faults.Add($"{name}: {wide} px wider than the window of {width}");
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Pictures, $"{market}-{language}-{width}{(dark ? "-dark" : "")}", Regex.Replace(name, "[^a-z0-9-]+", "-") + ".png"),
                FullPage = true,
            });
        }
    }
}
