extern alias gateway;

using gateway::MiStore.Gateway.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

/// <summary>What the gateway shows by itself while a page cannot be had, looked at like all others.</summary>
public sealed class Pages_at_the_door(Chromium chromium)
{
    [Fact]
    public async Task Are_for_everybody_in_every_language()
    {
        await using var door = await Door(http => DoorPage.Send(http, Enum.Parse<Why>(http.Request.Query["why"]!), 503, seconds: 1));
        var page = await chromium.Visit(new Uri(door.Urls.Single()), 320, 800);
        var faults = new List<string>();

        foreach (var (i, language) in Words.All.Keys.Index())
            foreach (var why in Enum.GetValues<Why>())
            {
                // An order's page, of which it says nothing that all else is sold out.
                await page.GotoAsync($"/de/{language}/orders/1?why={why}");
                await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
                // The mark-up is one for all languages, so axe reads each page in one of them, and each language on one page or two.
                var onlooker = new Onlooker(page, "door", 320, dark: true, withAxe: (int)why % Words.All.Count == i);
                await onlooker.Look($"{why.ToString().ToLowerInvariant()}-{language}");
                faults.AddRange(onlooker.Faults);
            }

        await page.Context.CloseAsync();
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Give_way_by_themselves_to_the_page_that_was_asked_for_and_interrupt_nobody_before()
    {
        var (isBack, looks) = (false, 0);
        await using var door = await Door(async http =>
        {
            looks += http.Request.Path == "/de/de/orders/1" ? 1 : 0;
            if (!isBack)
                await DoorPage.Send(http, Why.Away, 503, seconds: 1);
            else
                await Results.Text("<h1>Back</h1>", "text/html").ExecuteAsync(http);
        });
        var page = await chromium.Visit(new Uri(door.Urls.Single()), locale: "de");
        await page.Clock.InstallAsync();
        await page.GotoAsync("/de/de/orders/1");
        await page.EvaluateAsync("() => { window.stayed = true }");

        await page.Clock.FastForwardAsync(7000);
        await Eventually.True(() => looks > 1);
        (await page.EvaluateAsync<bool>("() => window.stayed === true")).ShouldBeTrue();
        isBack = true;
        await Eventually.Passes(async () =>
        {
            await page.Clock.FastForwardAsync(7000);
            (await page.Locator("h1").InnerTextAsync()).ShouldBe("Back");
        });
        await page.Context.CloseAsync();
    }

    static async Task<WebApplication> Door(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var door = builder.Build();
        door.Run(answer);
        await door.StartAsync();
        return door;
    }
}
