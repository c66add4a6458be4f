using System.Net;
using System.Text;
using MiStore.Gateway.Edge;

namespace MiStore.Gateway.Tests;

public sealed class What_reaches_a_service(Door door) : IClassFixture<Door>
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/markets", "pricing")]
    [InlineData("/api/markets/DE", "pricing")]
    [InlineData("/api/admin/prices", "pricing")]
    [InlineData("/api/admin/markets/DE/calendar", "pricing")]
    [InlineData("/api/markets/DE/products", "catalog")]
    [InlineData("/api/markets/DE/products/mi-band", "catalog")]
    [InlineData("/images/mi-band.svg", "catalog")]
    [InlineData("/api/admin/products", "catalog")]
    [InlineData("/api/carts/1", "cart")]
    [InlineData("/api/carts/1/lines/MI-BAND", "cart")]
    [InlineData("/api/orders/1", "checkout")]
    [InlineData("/api/admin/batches", "checkout")]
    [InlineData("/api/admin/orders/1/shipment", "checkout")]
    [InlineData("/api/admin/audit", "checkout")]
    public async Task Each_path_has_its_service(string path, string service)
    {
        var upstream = service switch { "pricing" => door.Pricing, "catalog" => door.Catalog, "cart" => door.Cart, _ => door.Checkout };
        var before = upstream.CountOf(path);

        (await door.Client.GetAsync(path, Now)).StatusCode.ShouldBe(HttpStatusCode.OK);

        upstream.CountOf(path).ShouldBe(before + 1);
    }

    [Theory]
    [InlineData("/webhooks/stripe")]
    [InlineData("/api/webhooks")]
    [InlineData("/api/nothing")]
    [InlineData("/api/admin")]
    [InlineData("/webhooks")]
    public async Task What_is_not_routed_does_not_exist(string path) =>
        await (await door.Client.GetAsync(path, Now)).ShouldBeProblem(404, "not-found");

    [Fact]
    public async Task A_method_that_a_route_does_not_know_is_refused()
    {
        var answer = await door.Client.DeleteAsync("/api/markets", Now);

        await answer.ShouldBeProblem(405, "method-not-allowed");
        answer.Content.Headers.Allow.ShouldContain("GET");
    }

    [Fact]
    public async Task Headers_that_a_service_might_trust_do_not_come_from_outside()
    {
        string[] forged =
        [
            "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "X-Original-URL", "X-Rewrite-URL",
            "X-User-Id", "X_User_Id", "X-HTTP-Method-Override", "X-Real-IP", "Cookie", "traceparent",
        ];

        await Door.Send(door.Client, "/api/carts/forged", [.. forged.Select(header => header + ": evil"), "User-Agent: tests", "Authorization: Bearer mine"]);

        var headers = door.Cart.Requests.Single(request => request.Target == "/api/carts/forged").Headers;
        headers.Values.ShouldNotContain(value => value.Contains("evil"));
        headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
        headers["X-Forwarded-Proto"].ShouldBe("http");
        headers["Authorization"].ShouldBe("Bearer mine");
        headers["User-Agent"].ShouldBe("tests");
    }

    [Fact]
    public async Task A_body_and_its_headers_arrive_as_they_were_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = new StringContent("""{"quote":"ü"}""", Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", "one" }, { "Prefer", "wait=10" } },
        };
        await door.Client.SendAsync(request, Now);

        var seen = door.Checkout.Requests.Single(seen => seen is { Method: "POST", Target: "/api/orders" });
        seen.Body.ShouldBe("""{"quote":"ü"}""");
        seen.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        seen.Headers["Idempotency-Key"].ShouldBe("one");
        seen.Headers["Prefer"].ShouldBe("wait=10");
    }

    [Theory]
    [InlineData("/api/carts/../admin/batches")]
    [InlineData("/api/carts/..%2fadmin/batches")]
    [InlineData("/api/carts/%2e%2e/admin/batches")]
    [InlineData("/api/carts/.%2E/admin/batches")]
    [InlineData("/api/carts/%252e%252e/admin/batches")]
    [InlineData("/api/carts/..;/admin/batches")]
    [InlineData("/api/carts/..%5cadmin%5cbatches")]
    [InlineData("/api/carts/..\\admin\\batches")]
    [InlineData("/api/carts//admin")]
    [InlineData("//api/admin/batches")]
    [InlineData("/api/carts/./x")]
    [InlineData("/api/carts/%00")]
    [InlineData("/api/carts/%zz")]
    [InlineData("/api/admin%2fbatches")]
    public async Task A_path_that_could_be_read_in_two_ways_reaches_nobody(string target)
    {
        var before = Everything();

        var answer = await Door.Send(door.Client, target);

        answer.ShouldStartWith("HTTP/1.1 400");
        Everything().ShouldBe(before);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/carts/")]
    [InlineData("/api/carts/4f.x_~-")]
    [InlineData("/images/band%20schwarz.svg")]
    [InlineData("/api/markets/DE/products/kopfh%C3%B6rer?search=%2F..%2F")]
    public void A_plain_path_is_let_through(string target) => RequestGuard.IsPlain(target).ShouldBeTrue();

    [Fact]
    public async Task The_United_Kingdom_has_one_name_behind_the_door()
    {
        await door.Client.GetAsync("/api/markets/uk/products/one-name?language=en", Now);

        door.Catalog.Requests.ShouldContain(request => request.Target == "/api/markets/GB/products/one-name?language=en");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_anybody_reads_it()
    {
        using var body = new ByteArrayContent(new byte[64 * 1024 + 1]);

        var refusal = await door.Client.PostAsync("/api/carts", body, Now);

        await refusal.ShouldBeProblem(413, "request-too-large");
        refusal.Headers.ConnectionClose.ShouldBe(true);
    }

    [Fact]
    public async Task A_body_that_turns_out_too_large_is_refused_then()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/carts/chunked") { Content = new ByteArrayContent(new byte[200 * 1024]) };
        request.Headers.TransferEncodingChunked = true;

        await (await door.Client.SendAsync(request, Now)).ShouldBeProblem(413, "request-too-large");
    }

    [Theory]
    [InlineData("/api/carts/head", "application/json")]
    [InlineData("/health", "application/json")]
    [InlineData("/docs/index.html", "text/html")]
    public async Task The_head_of_an_answer_is_that_of_a_GET_without_its_body(string path, string contentType)
    {
        // How the services are is asked in the background, and not known from the first moment.
        var answer = await Eventually.Passes(async () =>
        {
            var head = await door.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Now);
            head.StatusCode.ShouldBe(HttpStatusCode.OK);
            return head;
        });

        answer.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        (await answer.Content.ReadAsByteArrayAsync(Now)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Browsers_are_told_what_not_to_do_with_an_answer()
    {
        var headers = (await door.Client.GetAsync("/api/carts/browser", Now)).Headers;

        headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        headers.Contains("Server").ShouldBeFalse();
    }

    int Everything() =>
        door.Catalog.Requests.Count + door.Pricing.Requests.Count + door.Cart.Requests.Count + door.Checkout.Requests.Count;
}
