using System.Collections.Concurrent;
using System.Text.Json;
using MiStore.Client;

namespace MiStore.Storefront.Tests;

public sealed class What_the_pages_say(OpenStore store) : IDisposable
{
    readonly Browser browser = new(store.Stack.Url);

    public void Dispose() => browser.Dispose();

    [Theory]
    [InlineData("/us/en/", "$", "plus sales tax and shipping")]
    [InlineData("/gb/en/", "£", "incl. VAT")]
    [InlineData("/de/de/", "14,99\u00A0€", "inkl. MwSt.")]
    [InlineData("/de/en/", "€", "incl. VAT")]
    [InlineData("/fr/fr/", "14,99\u202F€", "TTC")]
    public async Task Prices_stand_as_the_market_and_the_language_write_them(string home, string price, string tax)
    {
        var page = await browser.Open(home);

        page.Status.ShouldBe(200);
        page.Text.ShouldContain(price);
        page.Text.ShouldContain(tax);
    }

    [Fact]
    public async Task A_restricted_phone_shows_its_reasons_and_no_way_to_buy_it()
    {
        var page = await browser.Open("/de/de/products/mi-4");

        page.Text.ShouldContain("Patente auf Hardware und Software");
        page.Text.ShouldContain("kein Servicezentrum");
        page.Text.ShouldContain("noch nicht an diesen Markt");
        page.Html.ShouldNotContain("/cart/lines");
    }

    [Fact]
    public async Task A_search_forgives_a_typing_error() =>
        (await browser.Open("/gb/en/search?q=headfones")).Text.ShouldContain("headphones", Case.Insensitive);

    [Fact]
    public async Task Every_link_of_every_page_answers()
    {
        var known = new HashSet<string> { "/" };
        var next = known.ToList();
        while (next.Count > 0)
        {
            // A few at a time: this is a visitor, not a crowd.
            var pages = new ConcurrentBag<(string Link, Shown Page)>();
            await Parallel.ForEachAsync(
                next, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (link, _) => pages.Add((link, await OpenPatiently(link))));
            pages.Where(page => page.Page.Status != 200).Select(page => $"{page.Link}: {page.Page.Status}").ShouldBeEmpty();
            // Markets of other tests are being made meanwhile, and are not whole yet.
            next = [.. pages.SelectMany(page => page.Page.Links).Where(link => !Regex.IsMatch(link, "^(/choice)?/(?!us|gb|de|fr)../")).Where(known.Add)];
        }

        known.Count.ShouldBeGreaterThan(100);
        known.ShouldContain("/fr/en/legal/accessibility");

        // A sale that another test has just released may stand on the shelf before the gateway has heard of it.
        Task<Shown> OpenPatiently(string link) => Eventually.Passes(async () =>
        {
            var page = await browser.Open(link);
            if (link.Contains("/sales/"))
                page.Status.ShouldBe(200);
            return page;
        });
    }

    [Theory]
    [InlineData("/de/de/products/mi-band", "InStock")]
    [InlineData("/us/en/products/mi-headphones", "InStock")]
    [InlineData("/fr/fr/products/mi-4", null)]
    public async Task Search_engines_read_what_the_API_says(string address, string? availability)
    {
        var page = await browser.Open(address);
        var (market, language, slug) = (address[1..3].ToUpperInvariant(), address[4..6], address.Split('/')[^1]);
        var product = (await new StoreClient(store.Stack.Client).GetProduct(market, slug, language)).OrThrow();

        using var said = JsonDocument.Parse(Regex.Match(page.Html, "<script type=\"application/ld\\+json\">(.*?)</script>").Groups[1].Value);

        said.RootElement.At("name").GetString().ShouldBe(product.Name);
        if (product.Variants[0].Offer.Price is not { } price || availability is null)
        {
            said.RootElement.TryGetProperty("offers", out _).ShouldBeFalse();
            return;
        }

        var offer = said.RootElement.At("offers")[0];
        offer.At("price").GetString().ShouldBe(price.Amount);
        offer.At("priceCurrency").GetString().ShouldBe(price.Currency);
        offer.At("availability").GetString().ShouldBe("https://schema.org/" + availability);
    }

    [Fact]
    public async Task Each_page_names_itself_and_its_others_and_they_name_it()
    {
        foreach (var path in (string[])["", "products/mi-band", "legal/terms"])
        {
            var german = await AlternatesOf($"/de/de/{path}");
            german.Keys.ShouldBeSubsetOf(german.Keys.Append("x-default"));
            german.Keys.ShouldContain("x-default");
            foreach (var (language, address) in german.Where(other => other.Key is "de-DE" or "en-US" or "fr-FR" or "en-GB"))
                (await AlternatesOf(address)).ShouldContainKeyAndValue("de-DE", $"{store.Stack.Url}de/de/{path}", language);
        }

        async Task<Dictionary<string, string>> AlternatesOf(string address)
        {
            var page = await browser.Open(address);
            Regex.Match(page.Html, "rel=\"canonical\" href=\"([^\"]*)\"").Groups[1].Value.ShouldBe(new Uri(store.Stack.Url, address).ToString());
            return Regex.Matches(page.Html, "hreflang=\"([^\"]*-[^\"]*)\" href=\"([^\"]*)\"").ToDictionary(link => link.Groups[1].Value, link => link.Groups[2].Value);
        }
    }

    [Fact]
    public async Task The_maps_of_the_markets_lead_to_pages()
    {
        var robots = await browser.Open("/robots.txt");
        var index = Regex.Match(robots.Html, "Sitemap: (.*)").Groups[1].Value.Trim();
        var maps = LocationsOf((await browser.Open(index)).Html);
        maps.Count.ShouldBeGreaterThanOrEqualTo(4);

        var pages = LocationsOf((await browser.Open(maps.First(map => map.Contains("/fr/")))).Html);
        pages.ShouldContain($"{store.Stack.Url}fr/fr/products/mi-band");
        foreach (var page in pages)
            (await browser.Open(page)).Status.ShouldBe(200, page);

        static List<string> LocationsOf(string xml) => [.. Regex.Matches(xml, "<loc>(.*?)</loc>").Select(match => match.Groups[1].Value)];
    }

    [Fact]
    public async Task Who_has_no_cart_may_be_shown_what_the_gateway_remembers_and_who_has_one_may_not()
    {
        var page = await browser.Open("/gb/en/products/mi-band");
        page.Response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        page.Response.Headers.CacheControl!.ToString().ShouldBe("no-cache");

        await browser.Send(page, "/cart/lines");
        var own = await browser.Open("/gb/en/products/mi-band");

        own.Response.Headers.CacheControl!.Private.ShouldBeTrue();
        own.Text.ShouldContain("units in the cart");
        using var other = new Browser(store.Stack.Url);
        (await other.Open("/gb/en/products/mi-band")).Text.ShouldNotContain("units in the cart");
    }

    [Fact]
    public async Task The_page_for_when_all_is_gone_is_small_and_may_be_kept_by_anybody()
    {
        var page = await browser.Open("/fr/fr/sold-out");

        page.Text.ShouldContain("Tout est épuisé");
        page.Html.Length.ShouldBeLessThan(30 * 1024);
        page.Response.Headers.CacheControl!.Public.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_comes_from_elsewhere_and_nothing_stands_inline()
    {
        var page = await browser.Open("/de/de/products/mi-band");

        var policy = page.Response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self';");
        policy.ShouldNotContain("unsafe");
        Regex.Matches(page.Html, "<script[^>]*>").Select(script => script.Value).ShouldAllBe(script =>
            script.Contains("src=\"/assets/") || script == "<script type=\"application/ld+json\">");
        page.Html.ShouldNotContain("style=\"");
        page.Html.ShouldNotContain("src=\"http");
    }

    [Theory]
    [InlineData("/de/de/products/nothing", "Diese Seite gibt es nicht")]
    [InlineData("/fr/fr/nothing", "Cette page n’existe pas")]
    [InlineData("/us/de/", "Diese Seite gibt es nicht")]
    [InlineData("/nothing", "This page does not exist")]
    public async Task A_page_that_is_not_there_says_so_in_the_language_of_its_address(string address, string words)
    {
        var page = await browser.Open(address);

        page.Status.ShouldBe(404);
        page.Text.ShouldContain(words);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_from_elsewhere_changes_nothing(string header, string from)
    {
        using var elsewhere = new HttpClient { BaseAddress = store.Stack.Url };
        elsewhere.DefaultRequestHeaders.Add(header, from);

        var answer = await Shown.Of(await elsewhere.PostAsync("/de/de/cart/lines", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["sku"] = "MI-BAND-BLK", ["slug"] = "mi-band", ["quantity"] = "1" })));

        answer.Status.ShouldBe(400);
        answer.Text.ShouldContain("Dieses Formular kam nicht von hier");
        answer.Response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task The_market_is_suggested_and_remembered_and_never_forced()
    {
        (await browser.Open("/")).Text.ShouldNotContain("Continue:");

        (await browser.Open("/choice/fr/fr")).Address.AbsolutePath.ShouldBe("/fr/fr/");
        var front = await browser.Open("/");

        front.Address.AbsolutePath.ShouldBe("/");
        front.Text.ShouldContain("Continue: France");
    }
}
