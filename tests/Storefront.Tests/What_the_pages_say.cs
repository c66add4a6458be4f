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
    public async Task Every_link_of_the_home_and_the_product_pages_answers()
    {
        var links = new HashSet<string> { "/", "/de/de/", "/fr/en/" };
        foreach (var address in links.ToList())
            links.UnionWith((await browser.Open(address)).Links);
        foreach (var product in links.Where(link => link.Contains("/products/")).ToList())
            links.UnionWith((await browser.Open(product)).Links);

        foreach (var link in links)
            (await browser.Open(link)).Status.ShouldBe(200, link);
        links.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task Nothing_comes_from_elsewhere_and_nothing_stands_inline()
    {
        var page = await browser.Open("/de/de/products/mi-band");

        var policy = page.Response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'self';");
        policy.ShouldNotContain("unsafe");
        page.Html.ShouldNotContain("<script");
        page.Html.ShouldNotContain("style=\"");
        page.Html.ShouldNotContain("src=\"http");
    }

    [Theory]
    [InlineData("/de/de/products/nothing", "Diese Seite gibt es nicht")]
    [InlineData("/fr/fr/nothing", "Cette page n’existe pas")]
    [InlineData("/us/de/", "This page does not exist")]
    [InlineData("/nothing", "This page does not exist")]
    public async Task A_page_that_is_not_there_says_so_in_the_language_of_its_address(string address, string words)
    {
        var page = await browser.Open(address);

        page.Status.ShouldBe(404);
        page.Text.ShouldContain(words);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        using var elsewhere = new HttpClient { BaseAddress = store.Stack.Url };

        var answer = await Shown.Of(await elsewhere.PostAsync("/de/de/cart/lines", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["sku"] = "MI-BAND-BLK", ["slug"] = "mi-band", ["quantity"] = "1" })));

        answer.Status.ShouldBe(400);
        answer.Text.ShouldContain("Dieses Formular ist zu alt");
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
