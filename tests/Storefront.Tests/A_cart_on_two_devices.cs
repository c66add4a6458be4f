using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

public sealed class A_cart_on_two_devices(OpenStore store, Chromium chromium)
{
    [Theory]
    [InlineData("fr", "fr", true)]
    [InlineData("de", "de", false)]
    public async Task Becomes_one_when_its_shopper_says_so_and_every_limit_is_said(string market, string language, bool javaScript)
    {
        var telephone = await Device(360);
        await telephone.Pick("mi-band", 4);
        await telephone.Page.Locator(".lines").WaitForAsync();
        await telephone.Pick("mi-headphones");
        await Expect(telephone.Page.Locator(".lines li")).ToHaveCountAsync(2);
        var link = (await telephone.Page.Locator(".elsewhere a").GetAttributeAsync("href"))!;

        var desk = await Device(1440);
        await desk.Pick("mi-band", 3);
        await desk.Page.Locator(".lines").WaitForAsync();
        await desk.Page.GotoAsync(link);

        await Expect(desk.Page.Locator(".two-carts section")).ToHaveCountAsync(2);
        await LookAt(desk, "two-carts");
        await desk.Open("cart");
        await Expect(desk.Page.Locator(".lines li"), "opening the link has changed nothing").ToHaveCountAsync(1);

        await desk.Page.GotoAsync(link);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = desk.Words.MergeCarts }).ClickAsync();

        var notice = desk.Page.Locator("main .notice");
        await Expect(notice).ToContainTextAsync(desk.Words.MergedTitle);
        await Expect(notice).ToContainTextAsync("4 × Mi Band");
        // Three and four are seven, and one customer may buy five.
        await Expect(notice).ToContainTextAsync(string.Format(desk.Words.ChangeLimited, "Mi Band", 5));
        await LookAt(desk, "merged");
        await desk.Page.GotoAsync(link);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = desk.Words.MergeCarts }).ClickAsync();
        await Expect(desk.Page.Locator("#quantity-MI-BAND-BLK")).ToHaveValueAsync("5");
        await Expect(desk.Page.Locator(".lines li")).ToHaveCountAsync(2);

        await telephone.Page.Context.CloseAsync();
        await desk.Page.Context.CloseAsync();

        async Task<Shopper> Device(int width) =>
            new(await chromium.Visit(store.Stack.Url, width, javaScript: javaScript), market, language);

        // Axe is a script, and which words do not fit is seen in any browser.
        async Task LookAt(Shopper shopper, string name)
        {
            var onlooker = new Onlooker(shopper.Page, $"{market}-{language}-devices", 1440, dark: false, withAxe: javaScript);
            await onlooker.Look(name);
            onlooker.Faults.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Is_taken_over_where_there_is_none_and_never_by_opening_its_link()
    {
        using var telephone = new Browser(store.Stack.Url);
        using var desk = new Browser(store.Stack.Url);
        var cart = await telephone.Send(await telephone.Open("/gb/en/products/mi-band"), "/cart/lines");
        var link = cart.Links.Single(one => one.Contains("/cart/from/"));

        var asked = await desk.Open(link);
        asked.Text.ShouldContain("1 × Mi Band");
        desk.Cookies.Count.ShouldBe(0);
        var taken = await desk.Send(asked, link);

        taken.Address.AbsolutePath.ShouldBe("/gb/en/cart");
        taken.Text.ShouldContain("Mi Band");
        // The one who asks has a cart in Britain, and is asked there.
        var lost = await desk.Open("/fr/fr/cart/from/nobody-s");
        lost.Status.ShouldBe(404);
        lost.Text.ShouldContain(Words.In("en").RefusedUnknownCart);
    }
}
