using System.Net;

namespace MiStore.Gateway.Tests;

public sealed class The_pages_of_the_gateway(Door door) : IClassFixture<Door>
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/de/de/products/mi-band")]
    [InlineData("/assets/store.css")]
    [InlineData("/mistyped")]
    public async Task Everything_that_is_nobody_else_s_is_the_storefront_s(string path)
    {
        var before = door.Storefront.CountOf(path);

        (await door.Client.GetAsync(path, Now)).StatusCode.ShouldBe(HttpStatusCode.OK);

        door.Storefront.CountOf(path).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_page_knows_its_shopper_by_the_cookie_and_the_API_does_not()
    {
        foreach (var path in new[] { "/de/de/cart", "/api/carts/no-cookie" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", "cart=1");
            await door.Client.SendAsync(request, Now);
        }

        door.Storefront.Requests.Last(request => request.Target == "/de/de/cart").Headers["Cookie"].ShouldBe("cart=1");
        door.Cart.Requests.Last(request => request.Target == "/api/carts/no-cookie").Headers.Keys.ShouldNotContain("Cookie");
    }

    [Fact]
    public async Task A_storefront_that_is_away_is_a_kind_page_that_needs_nobody()
    {
        door.Storefront.Answer("/fr/fr/away", http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        var answer = await door.Client.GetAsync("/fr/fr/away", Now);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await answer.Content.ReadAsStringAsync(Now)).ShouldContain("La boutique revient tout de suite.");
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
