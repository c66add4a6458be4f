using System.Net.Http.Headers;

namespace MiStore.Journeys.Tests;

/// <summary>Also what the tests beside this one hear: not-yet-open, price-changed, quote-expired, sold-out.</summary>
public sealed class Every_problem_has_its_code(Store store)
{
    const string NoCart = "/api/carts/AAAAAAAAAAAAAAAAAAAAAA";
    static readonly string Long = new('x', 5_000);

    [Theory]
    [InlineData("/api/markets/ZZ", "unknown-market")]
    [InlineData("/api/markets/ZZ/products", "unknown-market")]
    [InlineData("/api/markets/USA/products/mi-band", "unknown-market")]
    [InlineData("/api/markets/US/products/mi-vacuum", "unknown-product")]
    [InlineData("/api/markets/US/products/';drop%20table%20products;--", "malformed-request")]
    [InlineData("/api/markets/US/products?page=0", "malformed-request")]
    [InlineData("/api/markets/US/products?pageSize=101", "malformed-request")]
    [InlineData("/api/markets/US/products?page=one", "malformed-request")]
    [InlineData("/api/markets/US/products?page=99999999999999999999", "malformed-request")]
    [InlineData("/api/markets/US/products/../../../health", "malformed-request")]
    [InlineData("/api/markets/US/products/%2e%2e/%2e%2e", "malformed-request")]
    [InlineData("/api/markets/US//products", "malformed-request")]
    [InlineData(NoCart, "unknown-cart")]
    [InlineData("/api/carts/1", "unknown-cart")]
    [InlineData("/api/orders/1", "not-found")]
    [InlineData("/api/nothing", "not-found")]
    [InlineData("/webhooks/payments", "not-found")]
    public async Task What_is_not_there_is_not_found(string path, string code)
    {
        // Sent as it stands; HttpClient would tidy it up.
        var uri = new Uri($"{store.Stack.Url.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var answer = await store.Door.GetAsync(uri, TestContext.Current.CancellationToken);

        (await Read(answer)).ShouldBeProblem(code == "malformed-request" ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound, code);
    }

    /// <summary>Whatever is nobody's is the storefront's, which has a page for it.</summary>
    [Theory]
    [InlineData("/nothing")]
    [InlineData("/v1/payment_intents")]
    public async Task What_is_no_page_is_a_page_that_says_so(string path)
    {
        using var answer = await store.Door.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task A_search_that_is_too_long_is_refused() =>
        (await store.Door.Get($"/api/markets/US/products?search={Long[..101]}")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Theory]
    [InlineData("%27%3B%20drop%20table%20products%3B--")]
    [InlineData("%25%5F%2A%28%29%26%7C%21%3A%3C%3E")]
    [InlineData("%F0%9F%98%80")]
    public async Task Strange_words_find_nothing(string search) =>
        (await store.Door.Get($"/api/markets/US/products?search={search}")).ShouldBe(HttpStatusCode.OK)["total"].GetInt32().ShouldBe(0);

    [Fact]
    public async Task A_cart_says_what_is_wrong()
    {
        var cart = (await new Shopper(store, "US").OpenCart())["id"].GetString();
        Task<Answer> Set(string sku, object quantity) => store.Door.Put($"/api/carts/{cart}/lines/{sku}", new { quantity });

        (await Set(Goods.Band, 6)).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded")["limit"].GetInt32().ShouldBe(5);
        (await Set("MI-VACUUM", 1)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");
        (await Set(Long[..3000], 1)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");
        foreach (var quantity in new long[] { 0, -1, 100, int.MinValue, int.MaxValue, long.MaxValue })
            (await Set(Goods.Band, quantity)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-quantity");
        (await store.Door.Put($"{NoCart}/lines/{Goods.Band}", new { quantity = 1 })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
        (await store.Door.Put($"{NoCart}/market", new { market = "DE" })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
        (await store.Door.Delete($"{NoCart}/lines/{Goods.Band}")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
        (await store.Door.Put($"/api/carts/{cart}/market", new { market = "ZZ" })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        (await store.Door.Post("/api/carts", new { market = "ZZ" })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        (await store.Door.Post("/api/carts", new { market = Long })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        (await store.Door.Delete($"/api/carts/{cart}")).ShouldBeProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Fact]
    public async Task A_quote_says_what_is_wrong()
    {
        var shopper = new Shopper(store, "DE");
        Task<Answer> To(object destination, string market = "DE", string shippingMethod = "standard") => store.Door.Post(
            "/api/quotes", new { market, lines = new[] { new { sku = Goods.Band, quantity = 1 } }, destination, shippingMethod });

        (await To(new { country = "FR" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "destination-not-served");
        (await To(new { country = "DE", postalCode = "27498" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "destination-not-served");
        (await To(new { country = "DE", postalCode = "1011X" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "destination-not-served");
        (await To(new { country = "US" }, "US")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "destination-not-served");
        (await To(new { country = "US", region = "ZZ" }, "US")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "destination-not-served");
        (await To(new { country = "DE" }, shippingMethod: "drone")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "unknown-shipping-method");
        (await To(new { country = "DE" }, "ZZ")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        (await To(new { country = Long })).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await shopper.AskQuote(("MI-VACUUM", 1))).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku");
        (await shopper.AskQuote((Goods.Band, 6))).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded")["limit"].GetInt32().ShouldBe(5);
        (await shopper.AskQuote((Goods.Band, 3), (Goods.Band, 3))).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded");
        foreach (var quantity in new[] { 0, -1, 100, int.MaxValue, int.MinValue })
            (await shopper.AskQuote((Goods.Band, quantity))).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-quantity");
        (await shopper.AskQuote()).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task A_quote_that_was_touched_is_none_of_ours()
    {
        var shopper = new Shopper(store, "GB");
        var quote = (await shopper.Quote((Goods.Band, 1)))["quote"].GetString()!;
        string Touched(int at) => string.Concat(quote.AsSpan(0, at), quote[at] == 'A' ? "B" : "A", quote.AsSpan(at + 1));

        foreach (var wrong in new[] { Touched(10), Touched(quote.Length / 2), Touched(quote.Length - 10), quote[..^5], quote + "A", "x", Long, "😀" })
            (await shopper.AskOrder(wrong)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-quote");
    }

    [Fact]
    public async Task An_address_elsewhere_is_not_what_was_quoted_for()
    {
        var shopper = new Shopper(store, "GB");
        var quote = (await shopper.Quote((Goods.Band, 1)))["quote"].GetString()!;

        (await shopper.AskOrder(quote, postalCode: "M1 1AE")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "address-mismatch");
    }

    [Fact]
    public async Task A_key_makes_one_order()
    {
        var shopper = new Shopper(store, "GB");
        var quote = (await shopper.Quote((Goods.PowerBank5000, 1)))["quote"].GetString()!;
        var key = Guid.NewGuid().ToString();

        var first = (await shopper.AskOrder(quote, key: key)).ShouldBe(HttpStatusCode.Created);
        var again = (await shopper.AskOrder(quote, key: key)).ShouldBe(HttpStatusCode.OK);
        again["id"].GetGuid().ShouldBe(first["id"].GetGuid());
        again["accessToken"].GetString().ShouldBe(first["accessToken"].GetString());

        (await shopper.AskOrder(quote, "tok_slow", key)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await store.Door.Ask(HttpMethod.Post, "/api/orders", shopper.Order(quote))).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await shopper.AskOrder(quote, key: Long[..201])).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        await shopper.Placed(first).Becomes("paid");
        await shopper.Placed(first).ShouldBePaidOnce();
    }

    [Fact]
    public async Task Nobody_gets_around_the_limit_with_a_second_order()
    {
        var shopper = new Shopper(store, "FR");
        await shopper.Buy(Goods.Headphones, 4);

        var second = await shopper.AskOrder((await shopper.Quote((Goods.Headphones, 2)))["quote"].GetString()!);

        second.ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded")["limit"].GetInt32().ShouldBe(5);
        await shopper.Buy(Goods.Headphones, 1);
    }

    [Fact]
    public async Task Somebody_else_s_order_is_as_good_as_none()
    {
        var order = await new Shopper(store, "US").Buy(Goods.Band, 1);
        var other = await new Shopper(store, "US").Buy(Goods.Band, 1);
        Task<Answer> Look(Guid id, string? token, string path = "") => store.Door.Ask(
            path.Length == 0 ? HttpMethod.Get : HttpMethod.Post, $"/api/orders/{id}{path}", null,
            token is null ? [] : [("Authorization", $"Bearer {token}")]);

        foreach (var path in new[] { "", "/cancellation" })
        {
            var none = (await Look(Guid.CreateVersion7(), order.AccessToken, path)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-order");
            foreach (var token in new[] { null, other.AccessToken, order.AccessToken + "A", "x" })
            {
                var refused = (await Look(order.Id, token, path)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-order");
                WithoutTrace(refused).ShouldBe(WithoutTrace(none));
            }
        }

        (await order.Becomes("paid"))["id"].GetGuid().ShouldBe(order.Id);
    }

    [Fact]
    public async Task A_packed_order_can_no_longer_be_cancelled()
    {
        var order = await new Shopper(store, "DE").Buy(Goods.PowerBank5000, 1);
        await order.Becomes("paid");
        (await store.AsOperator(HttpMethod.Post, $"/api/admin/orders/{order.Id}/packing")).ShouldBe(HttpStatusCode.OK);

        (await order.Cancel()).ShouldBeProblem(HttpStatusCode.Conflict, "too-late")["orderStatus"].GetString().ShouldBe("packed");
        (await order.Look())["status"].GetString().ShouldBe("packed");
    }

    [Theory]
    [InlineData("GET", "/api/admin/batches")]
    [InlineData("POST", "/api/admin/batches")]
    [InlineData("GET", "/api/admin/audit")]
    [InlineData("PUT", "/api/admin/prices")]
    [InlineData("POST", "/api/admin/products")]
    [InlineData("PUT", "/api/admin/markets/US/calendar")]
    [InlineData("POST", "/api/admin/markets/US/pause")]
    public async Task Operating_is_for_operators(string method, string path)
    {
        var guest = (await store.Door.Post("/api/dev/token", new { role = "guest", subject = "eve" })).ShouldBe(HttpStatusCode.OK)["accessToken"].GetString();
        var verb = HttpMethod.Parse(method);
        object? body = method == "GET" ? null : "{}";

        (await store.Door.Ask(verb, path, body)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await store.Door.Ask(verb, path, body, ("Authorization", "Bearer x.y.z"))).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await store.Door.Ask(verb, path, body, ("Authorization", $"Bearer {guest}"))).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    // The calls that take a body, each with a body that is right.
    const string CartBody = """{"market":"US","lines":[{"sku":"MI-BAND-BLK","quantity":1}]}""";
    const string QuoteBody = """{"market":"DE","lines":[{"sku":"MI-BAND-BLK","quantity":1}],"destination":{"country":"DE"},"shippingMethod":"standard"}""";
    const string OrderBody =
        """
        {"quote":"x","cartId":null,"customer":{"email":"eve@example.org","name":"Eve"},
        "shippingAddress":{"name":"Eve","line1":"1 Example Street","city":"Example","postalCode":"10115","country":"DE"},
        "payment":{"method":"card","token":"tok_ok"}}
        """;

    public static TheoryData<string, string> Calls() => new([("/api/carts", CartBody), ("/api/quotes", QuoteBody), ("/api/orders", OrderBody)]);

    [Theory, MemberData(nameof(Calls))]
    public async Task A_body_that_cannot_be_read_is_malformed(string path, string body)
    {
        var end = body.LastIndexOf('}');
        string[] bodies =
        [
            "", " ", "not json", "{", "null", "[]", "7", "\"text\"", "{}", body[..end], body + body, body[..end] + ",}",
            // An unknown field, here and one level down; a field twice; a field in the wrong case counts as unknown or as a double.
            $$"""{{body[..end]}},"price":"0.01"}""",
            body.Replace("\"sku\"", "\"price\":1,\"sku\"").Replace("\"email\"", "\"role\":\"admin\",\"email\""),
            $$"""{"market":"US","quote":"x",{{body[1..]}}""",
            // Wrong types.
            body.Replace("[{", "{").Replace("}]", "}").Replace("\"Eve\"", "7"),
            body.Replace("\"quantity\":1", "\"quantity\":\"1\"").Replace("\"tok_ok\"", "[]"),
            body.Replace("\"quantity\":1", "\"quantity\":1.5").Replace("\"tok_ok\"", "null"),
            body.Replace("\"quantity\":1", "\"quantity\":1e400").Replace("\"card\"", "{}"),
            body.Replace("\"market\":\"", "\"market\":7,\"m\":\"").Replace("\"quote\":\"x\"", "\"quote\":7"),
            string.Concat(Enumerable.Repeat("""{"lines":[""", 3000)),
            new string('[', 30_000),
        ];

        foreach (var wrong in bodies)
            (await Send(path, wrong)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Only_JSON_of_at_most_64_KiB_is_read(string path, string body)
    {
        foreach (var mediaType in new[] { "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data" })
            (await Send(path, body, mediaType)).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await Send(path, body + new string(' ', 64 * 1024))).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "request-too-large");
        (await Send(path, body + new string(' ', 64 * 1024), chunked: true)).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "request-too-large");
    }

    [Fact]
    public async Task An_order_with_strange_values_is_malformed()
    {
        string[] bodies =
        [
            OrderBody.Replace("eve@example.org", "eve"),
            OrderBody.Replace("eve@example.org", Long + "@example.org"),
            OrderBody.Replace("\"Eve\"", "\"\""),
            OrderBody.Replace("\"Eve\"", $"\"{Long}\""),
            OrderBody.Replace("1 Example Street", Long),
            OrderBody.Replace("\"country\":\"DE\"", "\"country\":\"DEU\""),
            OrderBody.Replace("tok_ok", "tok ok; drop table orders"),
            OrderBody.Replace("tok_ok", Long),
            OrderBody.Replace("\"card\"", "\"cash\""),
            OrderBody.Replace("\"x\"", $"\"{new string('x', 60_000)}\""),
        ];

        foreach (var wrong in bodies)
            (await Send("/api/orders", wrong)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    async Task<Answer> Send(string path, string body, string mediaType = "application/json", bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, MediaTypeHeaderValue.Parse(mediaType)),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await store.Door.SendAsync(request, TestContext.Current.CancellationToken);
        return await Read(response);
    }

    static async Task<Answer> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var body = mediaType?.EndsWith("json", StringComparison.Ordinal) == true ? System.Text.Json.JsonDocument.Parse(text).RootElement.Clone() : default;
        return new Answer((int)response.StatusCode, response.Headers, mediaType, text, body);
    }

    // Each answer may carry the number of its own trace, and nothing else that is its own.
    static string WithoutTrace(Answer answer) =>
        string.Join('\n', answer.Body.EnumerateObject().Where(member => member.Name != "traceId").Select(member => member.ToString()));
}
