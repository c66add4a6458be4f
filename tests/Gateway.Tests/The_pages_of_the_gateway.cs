using System.Net;

namespace MiStore.Gateway.Tests;

public sealed class The_pages_of_the_gateway(Door door) : IClassFixture<Door>
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_front_page_shows_the_markets_as_they_are_and_trusts_no_name()
    {
        door.Pricing.Answer("/api/markets", """{"markets":[{"code":"DE","name":"Deutschland <b>","currency":"EUR","phase":"test"}]}""");

        await Eventually.Passes(async () =>
        {
            var page = await door.Client.GetStringAsync("/", Now);
            page.ShouldContain("""<a href="/api/markets/DE/products">Deutschland &lt;b&gt;</a>""");
            page.ShouldContain("test, prices in EUR");
        });
    }

    [Fact]
    public async Task The_front_page_is_there_when_the_markets_are_not()
    {
        door.Pricing.Answer("/api/markets", http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

        await Eventually.Passes(async () => (await door.Client.GetStringAsync("/", Now)).ShouldContain("do not answer"));
    }

    [Fact]
    public async Task The_reference_is_a_page_that_asks_nobody_else()
    {
        var page = await door.Client.GetAsync("/docs/index.html", Now);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self';");
        (await page.Content.ReadAsStringAsync(Now)).ShouldNotContain("https://");
    }

    [Fact]
    public async Task Docs_leads_there() =>
        (await door.Client.GetAsync("/docs", Now)).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/docs/index.html");
}
