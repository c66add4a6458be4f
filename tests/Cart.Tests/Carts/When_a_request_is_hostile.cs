using System.Net.Http.Headers;

namespace MiStore.Cart.Tests.Carts;

public sealed class When_a_request_is_hostile(CartShop shop) : IClassFixture<CartShop>
{
    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("2")]
    [InlineData("""{}""")]
    [InlineData("""{"quantity":null}""")]
    [InlineData("""{"quantity":"2"}""")]
    [InlineData("""{"quantity":2.5}""")]
    [InlineData("""{"quantity":1e400}""")]
    [InlineData("""{"quantity":99999999999999999999999999}""")]
    [InlineData("""{"quantity":true}""")]
    [InlineData("""{"quantity":{"a":1}}""")]
    [InlineData("""{"quantity":2,"price":"0.01"}""")]
    [InlineData("""{"quantity":1,"quantity":2}""")]
    [InlineData("""{"quantity":2}{"quantity":3}""")]
    public async Task A_line_that_cannot_be_read_is_malformed(string body)
    {
        var cart = await shop.OpenCart();

        (await shop.Client.Put($"/api/carts/{cart}/lines/MI-BAND", body)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await shop.Client.Get($"/api/carts/{cart}"))["lines"].GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"market":null}""")]
    [InlineData("""{"market":7}""")]
    [InlineData("""{"market":"US","lines":{}}""")]
    [InlineData("""{"market":"US","lines":[null]}""")]
    [InlineData("""{"market":"US","lines":[{"sku":null,"quantity":1}]}""")]
    [InlineData("""{"market":"US","lines":[{"sku":"MI-BAND"}]}""")]
    [InlineData("""{"market":"US","id":"AAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("""{"market":"US","market":"DE"}""")]
    public async Task A_cart_that_cannot_be_read_is_malformed(string body) =>
        (await shop.Client.Post("/api/carts", body)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task Nesting_has_an_end()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"lines":[""", 1000));

        (await shop.Client.Post("/api/carts", deep)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task Bytes_that_are_not_text_are_malformed()
    {
        var bytes = new ByteArrayContent([0x7b, 0x22, 0xff, 0xfe, 0x80, 0x22, 0x7d]);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await shop.Client.Post("/api/carts", bytes)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task Over_long_words_are_names_of_nothing()
    {
        var cart = await shop.OpenCart();
        var word = new string('x', 50_000);

        (await shop.Client.Post("/api/carts", new { market = word })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        (await shop.Client.Post("/api/carts", new { market = "US", lines = new[] { new { sku = word, quantity = 1 } } }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");
        (await shop.SetLine(cart, word[..5000], 1)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");
        (await shop.Client.Get($"/api/carts/{cart}?language={word[..5000]}")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("%F0%9F%98%80")]
    [InlineData("US:MI-BAND")]
    [InlineData("';drop table carts;--")]
    [InlineData("%0d%0aSet-Cookie:a=b")]
    public async Task A_strange_SKU_is_unknown(string sku) =>
        (await shop.SetLine(await shop.OpenCart(), sku, 1)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_refused(string mediaType) =>
        (await shop.Client.Post("/api/carts", new StringContent("""{"market":"US"}""", MediaTypeHeaderValue.Parse(mediaType))))
            .ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    [Fact]
    public async Task A_body_over_64_KiB_is_refused() =>
        (await shop.Client.Post("/api/carts", new { market = new string('x', 70_000) }))
            .ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "request-too-large");

    [Fact]
    public async Task A_verb_that_there_is_not_is_refused() =>
        (await shop.Client.Delete($"/api/carts/{await shop.OpenCart()}")).ShouldBeProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
}
