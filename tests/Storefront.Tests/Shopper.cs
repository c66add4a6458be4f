using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

/// <summary>Somebody in front of a real browser, in one market and language, with a name and a street of their own.</summary>
public sealed class Shopper(IPage page, string market, string language)
{
    readonly string somebody = Guid.NewGuid().ToString("n")[..12];

    public IPage Page => page;

    public Words Words => Words.In(language);

    public string Home => $"/{market}/{language}/";

    public string Email => $"{somebody}@example.org";

    public ILocator Notice => page.Locator("main .notice[role=alert]");

    /// <summary>What went well.</summary>
    public ILocator News => page.Locator("main .notice[role=status]");

    public ILocator MoreTime => page.Locator(".more-time button");

    public ILocator OrderButton => page.Locator("form[action$='/checkout/order'] button");

    public ILocator Headline => page.Locator("h1");

    /// <summary>What is read out to who listens.</summary>
    public ILocator Said => page.Locator("#said");

    /// <summary>From now on a page that is loaded anew would be noticed.</summary>
    public Task Stays() => page.EvaluateAsync("() => { window.stayed = true }");

    public async Task HasStayed() =>
        (await page.EvaluateAsync<bool>("() => window.stayed === true")).ShouldBeTrue("the page was loaded anew");

    /// <summary>A store that is busy for the moment says so, and is asked again.</summary>
    public Task Open(string path = "") => Eventually.Passes(async () =>
    {
        var answer = await page.GotoAsync(Home + path);
        answer?.Status.ShouldNotBe(503, path);
    });

    public async Task Pick(string slug, int quantity = 1)
    {
        await Open("products/" + slug);
        if (quantity > 1)
            await page.Locator("select[name=quantity]").SelectOptionAsync(quantity.ToString());
        await page.Locator("form.add button").ClickAsync();
    }

    /// <summary>From the product's page into the line.</summary>
    public async Task JoinLine(string slug)
    {
        await Open("products/" + slug);
        await page.Locator(".in-turn a").ClickAsync();
        await page.Locator("#email").FillAsync(Email);
        await page.Locator(".join button").ClickAsync();
    }

    /// <summary>From the home page to the address, by what stands there to be clicked.</summary>
    public async Task GoToCheckout(string slug = "mi-band")
    {
        await Open();
        await Stays();
        await page.Locator($".card a[href$='/products/{slug}']").ClickAsync();
        await page.Locator("form.add button").ClickAsync();
        await page.Locator("a[href$='/checkout']").ClickAsync();
        await page.Locator("#Email").WaitForAsync();
    }

    public async Task FillAddress()
    {
        foreach (var (field, value) in Address())
            await page.Locator("#" + field).FillAsync(value);
        if (market == "us")
            await page.Locator("#Region").SelectOptionAsync("CA");
    }

    /// <summary>To the screen with the order button, and no further than needed before it.</summary>
    public async Task GoToReview(string slug = "mi-band")
    {
        await Pick(slug);
        await page.Locator("a[href$='/checkout']").WaitForAsync();
        await Open("checkout");
        await EnterAddress();
    }

    public async Task EnterAddress()
    {
        await FillAddress();
        await page.Locator("form.address button.wide").ClickAsync();
        await OrderButton.WaitForAsync();
    }

    public async Task IsPaid()
    {
        await Expect(page).ToHaveURLAsync(new Regex($"{Home}orders/"));
        await Expect(Headline).ToHaveTextAsync(Words.OrderHeadline("paid"));
    }

    public IReadOnlyList<(string Field, string Value)> Address()
    {
        var (postalCode, city) = market switch
        {
            "us" => ("95110", "San Jose"),
            "gb" => ("EC1A 1BB", "London"),
            "fr" => ("75001", "Paris"),
            _ => ("10115", "Berlin"),
        };
        return [("Email", Email), ("Name", "Ada Lovelace"), ("Line1", $"1 Analytical Row {somebody}"), ("PostalCode", postalCode), ("City", city)];
    }
}
