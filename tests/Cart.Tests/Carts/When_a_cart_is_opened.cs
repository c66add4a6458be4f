namespace MiStore.Cart.Tests.Carts;

public sealed class When_a_cart_is_opened(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task It_is_empty_and_belongs_to_its_market()
    {
        var opened = (await shop.Client.Post("/api/carts", new { market = "US" })).ShouldBe(HttpStatusCode.Created);

        opened["market"].GetString().ShouldBe("US");
        opened["currency"].GetString().ShouldBe("USD");
        opened["lines"].GetArrayLength().ShouldBe(0);
        opened["subtotal"].ShouldBeJson("""{"amount":"0.00","currency":"USD"}""");
        opened["updatedAt"].GetDateTimeOffset().ShouldBe(shop.Clock.Now);
        opened["expiresAt"].GetDateTimeOffset().ShouldBe(shop.Clock.Now.AddDays(30));
    }

    [Fact]
    public async Task Its_location_is_where_it_can_be_read()
    {
        var opened = await shop.Client.Post("/api/carts", new { market = "US", lines = new[] { new { sku = "MI-BAND", quantity = 2 } } });

        var read = (await shop.Client.Get(opened.Headers.Location!.ToString())).ShouldBe(HttpStatusCode.OK);
        read.Text.ShouldBe(opened.Text);
        opened.Headers.Location.ToString().ShouldBe($"/api/carts/{opened["id"].GetString()}");
    }

    [Fact]
    public async Task Its_id_is_long_and_never_the_same()
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < 20; i++)
            ids.Add(await shop.OpenCart());

        ids.Count.ShouldBe(20);
        ids.ShouldAllBe(id => Cart.Carts.Cart.IsId(id));
    }

    [Fact]
    public async Task It_is_forgotten_by_itself_in_the_end()
    {
        var id = await shop.OpenCart();

        var life = await shop.Redis.Database.KeyTimeToLiveAsync("cart:{" + id + "}");
        life!.Value.ShouldBeInRange(TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
    }

    [Theory]
    [InlineData("us", "US")]
    [InlineData("UK", "GB")]
    [InlineData("uk", "GB")]
    public async Task The_market_may_be_written_in_any_way(string written, string market) =>
        (await shop.Client.Post("/api/carts", new { market = written }))["market"].GetString().ShouldBe(market);

    [Theory]
    [InlineData("XX")]
    [InlineData("")]
    [InlineData("USA")]
    [InlineData("U\u00a0")]
    public async Task A_market_that_we_do_not_have_is_unknown(string market) =>
        (await shop.Client.Post("/api/carts", new { market })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");

    [Fact]
    public async Task Its_lines_meet_the_same_rules_as_lines_that_are_set()
    {
        (await Open("NOTHING", 1)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-sku")["sku"].GetString().ShouldBe("NOTHING");
        (await Open("MI-NOTE", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");
        (await Open("MI-BAND", 6)).ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded");
        (await Open("HEADPHONES", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open");
        (await Open("PB-10500", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "market-paused");
        (await Open("MI-BAND", 0)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-quantity");

        Task<Answer> Open(string sku, int quantity) =>
            shop.Client.Post("/api/carts", new { market = "US", lines = new[] { new { sku, quantity } } });
    }

    [Fact]
    public async Task A_SKU_stands_in_one_line_only() =>
        (await shop.Client.Post("/api/carts", """{"market":"US","lines":[{"sku":"MI-BAND","quantity":1},{"sku":"MI-BAND","quantity":2}]}"""))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");

    [Fact]
    public async Task It_holds_no_more_than_fifty_lines()
    {
        var lines = Enumerable.Range(0, 51).Select(i => new { sku = $"SKU-{i}", quantity = 1 });

        (await shop.Client.Post("/api/carts", new { market = "US", lines })).ShouldBeProblem(HttpStatusCode.Conflict, "cart-full");
    }
}
