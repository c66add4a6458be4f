using System.Net.Http.Json;
using static Microsoft.Playwright.Assertions;

namespace MiStore.Storefront.Tests;

/// <summary>A batch that is sold in turn, from the product's page to the paid order, in markets of these tests' own.</summary>
public sealed class In_the_waiting_room(OpenStore store, Chromium chromium, ITestOutputHelper output)
{
    const int MostBytes = 30 * 1024;

    const string Weight = """
        () => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
          .reduce((bytes, file) => bytes + file.encodedBodySize, 0)
        """;

    readonly Operator operators = new(store);

    [Theory]
    [InlineData("CY", "Cyprus", true)]
    [InlineData("FI", "Finland", false)]
    public async Task One_buys_and_those_behind_are_told_at_once_with_JavaScript_and_without(string code, string name, bool javaScript)
    {
        await operators.AddMarket(code, name, "MI-BAND-BLK", 1, opensIn: TimeSpan.FromSeconds(2), inTurn: true);
        var sale = await Eventually.Passes(async () =>
        {
            (await store.Stack.Client.Get($"/api/markets/{code}/products/mi-band")).Text.ShouldContain("\"sellable\"");
            return (await store.Stack.Client.Get($"/api/sales?market={code}"))["sales"][0].At("id").GetGuid();
        });
        var (first, second, third, late) = (await Somebody(), await Somebody(), await Somebody(), await Somebody());
        var words = first.Words;

        await first.JoinLine("mi-band");
        await Expect(first.Headline).ToHaveTextAsync(words.AdmittedTitle);

        await second.JoinLine("mi-band");
        await Expect(second.Headline).ToHaveTextAsync(words.WaitingTitle);
        await Expect(second.Page.Locator(".ahead")).ToHaveTextAsync(words.YouAreNext);
        await Expect(second.Page.Locator("main")).ToContainTextAsync(words.ChancePossible);
        await third.JoinLine("mi-band");
        await Expect(third.Page.Locator(".ahead")).ToHaveTextAsync("1 before you");
        await Expect(third.Page.Locator("main")).ToContainTextAsync(words.ChanceUnlikely);

        // The place is there again after a refresh, and in another window by the same address.
        await second.Page.ReloadAsync();
        await Expect(second.Page.Locator(".ahead")).ToHaveTextAsync(words.YouAreNext);
        if (javaScript)
        {
            await second.Stays();
            await second.Page.Context.SetOfflineAsync(true);
            await Expect(second.Page.Locator("#lost")).ToHaveTextAsync(words.PlaceIsKept);
            await second.Page.Context.SetOfflineAsync(false);
            await Expect(second.Page.Locator("#lost")).ToHaveCountAsync(0);
            await Expect(second.Page.Locator(".ahead")).ToHaveTextAsync(words.YouAreNext);
        }

        // Who needs more time gets it wherever they are, and what they have typed stays.
        var given = new Regex("^" + words.MoreTimeGiven.Replace("{0}", ".+"));
        await first.MoreTime.ClickAsync();
        await Expect(first.News).ToHaveTextAsync(given);
        await Expect(first.Page.Locator(".more-time")).ToContainTextAsync(string.Format(words.MoreTimeLeft, 9));
        if (javaScript)
        {
            await Expect(first.Said).ToHaveTextAsync(given);
            (await Chromium.FaultsOf(first.Page)).ShouldBeEmpty();
        }

        await first.Page.Locator("form[action$='/turn'] button").ClickAsync();
        await Expect(first.Page.Locator(".turn")).ToContainTextAsync("It is your turn, until");
        await first.Page.Locator("#City").FillAsync("Half a");
        await first.MoreTime.ClickAsync();
        await Expect(first.News).ToHaveTextAsync(given);
        await Expect(first.Page.Locator("#City")).ToHaveValueAsync("Half a");
        await first.EnterAddress();
        await first.MoreTime.ClickAsync();
        await Expect(first.News).ToHaveTextAsync(given);
        await Expect(first.Page.Locator(".more-time")).ToContainTextAsync(string.Format(words.MoreTimeLeft, 7));
        if (javaScript)
            (await Chromium.FaultsOf(first.Page)).ShouldBeEmpty();
        await first.OrderButton.ClickAsync();
        await first.IsPaid();
        (await operators.OrdersOf(first.Email)).ShouldBe((1, 1));

        foreach (var loser in (Shopper[])[second, third])
        {
            await Expect(loser.Headline).ToHaveTextAsync(words.OutOfReachTitle);
            if (javaScript)
                await Expect(loser.Said).ToContainTextAsync(words.OutOfReachTitle);
        }

        if (javaScript)
            await second.HasStayed();
        await late.Open($"sales/{sale}");
        await Expect(late.Page).ToHaveURLAsync(new Regex("/en/sold-out$"));
        foreach (var shopper in (Shopper[])[first, second, third, late])
            await shopper.Page.Context.CloseAsync();

        async Task<Shopper> Somebody() => new(await chromium.Visit(store.Stack.Url, javaScript: javaScript), code.ToLowerInvariant(), "en");
    }

    [Fact]
    public async Task Who_comes_before_the_draw_is_in_it_and_the_page_is_small_and_for_everybody()
    {
        var opening = (await operators.Now()).AddDays(2);
        var sale = await operators.ReleaseBatch("FR", "MI-PB-5000-SLV", 7, opening, inTurn: true);
        await Eventually.Passes(async () => (await store.Stack.Client.Get($"/api/sales/{sale}")).Status.ShouldBe(200));
        var shopper = new Shopper(await chromium.Visit(store.Stack.Url, width: 360, dark: true, locale: "fr"), "fr", "fr");

        await shopper.Open($"sales/{sale}");
        await Expect(shopper.Headline).ToHaveTextAsync(shopper.Words.TakePlaceTitle);
        var weight = await shopper.Page.EvaluateAsync<int>(Weight);
        output.WriteLine($"The waiting room weighs {weight / 1024.0:0.0} KiB, style and script included.");
        weight.ShouldBeInRange(1, MostBytes);
        (await Chromium.FaultsOf(shopper.Page)).ShouldBeEmpty();

        await shopper.Page.Locator("#email").FillAsync("nobody");
        await shopper.Page.Locator(".join").EvaluateAsync("form => { form.noValidate = true; form.requestSubmit() }");
        await Expect(shopper.Notice).ToHaveTextAsync(shopper.Words.RefusedEmail);
        await shopper.Page.Locator("#email").FillAsync(shopper.Email);
        await shopper.Page.Locator(".join button").ClickAsync();
        await Expect(shopper.Headline).ToHaveTextAsync(shopper.Words.RegisteredTitle);
        await Expect(shopper.Page.Locator(".left")).ToContainTextAsync("1 jour, 23:");
        (await Chromium.FaultsOf(shopper.Page)).ShouldBeEmpty();

        // A reminder by mail, which Catalog takes down; what is no address is refused on the very page.
        await shopper.Page.Locator("#remind").FillAsync("nobody");
        await shopper.Page.Locator(".remind").EvaluateAsync("form => { form.noValidate = true; form.requestSubmit() }");
        await Expect(shopper.Notice).ToHaveTextAsync(shopper.Words.RefusedEmail);
        await Expect(shopper.Headline).ToHaveTextAsync(shopper.Words.RegisteredTitle);
        await Expect(shopper.Page.Locator("#remind")).ToHaveValueAsync("nobody");
        await AskForReminder(shopper, sale);
        (await Chromium.FaultsOf(shopper.Page)).ShouldBeEmpty();
        (await operators.RemindersOf(shopper.Email)).ShouldBe([sale]);

        // For the calendar, in the language that is asked for.
        using var calendars = new Browser(store.Stack.Url);
        var french = (await calendars.Open((await shopper.Page.Locator("a[download]").GetAttributeAsync("href"))!)).Html;
        french.ShouldContain("LANGUAGE=fr:Mi Power Bank 5000");
        (await calendars.Open($"/api/sales/{sale}/calendar.ics")).Html.ShouldContain("LANGUAGE=fr");
        (await calendars.Open($"/api/sales/{sale}/calendar.ics?language=en")).Html
            .ShouldContain("LANGUAGE=en:Mi Power Bank 5000 mAh: the sale opens");

        // From another device, with the same mailbox: the same place.
        var other = new Shopper(await chromium.Visit(store.Stack.Url), "fr", "fr");
        await other.Open($"sales/{sale}");
        await other.Page.Locator("#email").FillAsync(shopper.Email);
        await other.Page.Locator(".join button").ClickAsync();
        await Expect(other.Headline).ToHaveTextAsync(shopper.Words.RegisteredTitle);
        (await store.Stack.Client.Get($"/api/sales/{sale}"))["waiting"].GetInt32().ShouldBe(1);
        await shopper.Page.Context.CloseAsync();
        await other.Page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("script", "203.0.113.7")]
    [InlineData("no-crypto", "203.0.113.8")]
    [InlineData("no-script", "203.0.113.9")]
    public async Task Where_many_places_were_taken_the_browser_works_for_one_or_its_holder_waits(string browser, string network)
    {
        var sale = await operators.ReleaseBatch("FR", "MI-PB-5000-SLV", 7, (await operators.Now()).AddDays(3), inTurn: true);
        await Eventually.Passes(async () => (await store.Stack.Client.Get($"/api/sales/{sale}")).Status.ShouldBe(200));
        using var neighbours = new HttpClient { BaseAddress = store.Stack.Url };
        neighbours.DefaultRequestHeaders.Add("X-Forwarded-For", network);
        for (var i = 0; i < 4; i++)
        {
            // A line takes a moment to begin; and a mailbox has one place, however often it asks.
            var email = $"{i}-{network}@example.org";
            await Eventually.Passes(async () =>
            {
                using var taken = await neighbours.PostAsJsonAsync($"/api/sales/{sale}/tickets", new { email });
                taken.IsSuccessStatusCode.ShouldBeTrue($"{taken.StatusCode}");
            });
        }

        // Straight to the pages, which believe whoever sends them their shoppers: at the gateway, everybody here is of the house.
        var page = await chromium.Visit(new Uri(store.Stack.Resource("storefront").Url!), width: 360, javaScript: browser != "no-script", locale: "fr");
        await page.SetExtraHTTPHeadersAsync([new("X-Forwarded-For", network)]);
        if (browser == "no-crypto")
            await page.AddInitScriptAsync("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })");
        var shopper = new Shopper(page, "fr", "fr");
        await shopper.Open($"sales/{sale}");
        await page.Locator("#email").FillAsync(shopper.Email);
        await page.Keyboard.PressAsync("Enter");

        if (browser != "script")
        {
            var words = shopper.Words;
            await Expect(shopper.Notice).ToHaveTextAsync(new Regex("^" + Regex.Escape(words.ProofWanted).Replace("\\{0}", ".+")));
            await Expect(page.Locator("#email")).ToHaveValueAsync(shopper.Email);
            if (browser == "no-crypto")
                (await Chromium.FaultsOf(page)).ShouldBeEmpty();
            // By the keyboard, and sooner than told: that changes nothing.
            await Eventually.Passes(async () =>
            {
                if (await page.Locator("#email").CountAsync() > 0)
                {
                    await page.Locator(".join button").FocusAsync();
                    await page.Keyboard.PressAsync("Enter");
                }

                (await shopper.Headline.TextContentAsync()).ShouldBe(words.RegisteredTitle);
            });
        }

        await Expect(shopper.Headline).ToHaveTextAsync(shopper.Words.RegisteredTitle);
        await AskForReminder(shopper, sale);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_sold_to_everybody_as_well_can_be_bought_without_a_place()
    {
        var sale = await operators.ReleaseBatch("GB", "MI-PB-10500-SLV", 7, (await operators.Now()).AddDays(2), inTurn: true);
        await Eventually.Passes(async () => (await store.Stack.Client.Get($"/api/sales/{sale}")).Status.ShouldBe(200));
        using var browser = new Browser(store.Stack.Url);

        await Eventually.Passes(async () =>
        {
            var page = await browser.Open("/gb/en/products/mi-power-bank-10500");
            page.Html.ShouldContain($"/gb/en/sales/{sale}");
            page.Html.ShouldContain("/gb/en/cart/lines");
        });
    }

    async Task AskForReminder(Shopper shopper, Guid sale)
    {
        // The store hears of a batch service by service.
        await Eventually.Passes(async () => (await operators.CatalogKnows(sale)).ShouldBeTrue());
        await shopper.Page.Locator("#remind").FillAsync(shopper.Email);
        await shopper.Page.Keyboard.PressAsync("Enter");
        await Expect(shopper.News).ToHaveTextAsync(shopper.Words.ReminderNoted);
    }
}
