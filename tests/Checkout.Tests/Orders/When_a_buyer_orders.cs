using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using MiStore.Checkout.Orders;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Quotes;
using static MiStore.Checkout.Tests.CheckoutShop;

namespace MiStore.Checkout.Tests.Orders;

public sealed class When_a_buyer_orders(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    [Fact]
    public async Task The_units_are_held_at_once_and_sold_when_the_money_is_there()
    {
        var sku = await shop.OnSale(units: 10);

        var order = await shop.PlaceWell(shop.Body(sku, units: 2));
        order.Status.ShouldBe("reserved");

        // Whoever has held the line as long as that is possible asks again.
        var paid = await Eventually.Passes(async () =>
        {
            var (_, answer) = await shop.Ask(HttpMethod.Get, order, wait: 20);
            answer.GetProperty("status").GetString().ShouldBe("paid");
            return answer;
        });
        paid.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("status").GetString())
            .ShouldBe(["reserved", "paying", "paid"]);
        (await shop.Stock(sku)).ShouldBe((8, 0, 2));
        await shop.BooksBalance();
    }

    [Fact]
    public async Task Whoever_waits_hears_of_a_payment_that_another_instance_settled()
    {
        var order = await shop.PlaceWell(shop.Body(await shop.OnSale(units: 1), token: "tok_lost"));
        var waiting = shop.Ask(HttpMethod.Get, order, wait: 20);

        var elsewhere = new OrderLane("US", maxWaiting: 1, shop.Service<LaneStore>(), new OrderWaiters(), NullLogger<OrderLane>.Instance);
        using var stopping = new CancellationTokenSource();
        var running = elsewhere.Run(stopping.Token);
        await elsewhere.Advance(order.Id, new OrderFact.PaymentSucceeded($"pi_{order.Id}"), TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await running;

        (await waiting).Body.GetProperty("status").GetString().ShouldBe("paid");
    }

    [Fact]
    public async Task A_hundred_equal_orders_at_once_are_one_order_one_charge_and_equal_answers()
    {
        var sku = await shop.OnSale(units: 100);
        var (body, key) = (shop.Body(sku), Guid.NewGuid().ToString());

        var orders = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => shop.PlaceWell(body, key)));

        orders.Select(order => (order.Id, order.Number, order.AccessToken)).Distinct().ShouldHaveSingleItem();
        await shop.Becomes(orders[0], "paid");
        (await shop.Stock(sku)).ShouldBe((99, 0, 1));
        shop.Provider.Charges.Keys.ShouldContain(orders[0].Id.ToString());
    }

    [Fact]
    public async Task Equal_requests_at_once_hear_the_same_also_when_units_come_back_between_their_turns()
    {
        var sku = await shop.OnSale(units: 1);
        await shop.Becomes(await shop.PlaceWell(shop.Body(sku)), "paid"); // its own later turns would wait too
        var lane = shop.Service<OrderLanes>().Of("US");
        await using var elsewhere = await shop.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // Not in the same transaction: that would go on seeing the connections that there were at its first look.
        await using var watching = await shop.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        await elsewhere.ExecuteAsync("begin; select 1 from lanes where market = 'US' for update");
        var first = lane.Place(AnOrder.APlacement(key: sku, sku: sku));
        await Waits("transactionid"); // the first one's turn has begun
        var more = shop.Admin.PostAsJsonAsync("/api/admin/batches", new { market = "US", sku, quantity = 1, opensAt = shop.Clock.Now.AddHours(-1) });
        await Waits("tuple"); // the new units come when it is over
        var second = lane.Place(AnOrder.APlacement(key: sku, sku: sku));
        await elsewhere.ExecuteAsync("commit");

        (await first).ShouldBeOfType<PlacementResult.SoldOut>();
        (await second).ShouldBe(await first);
        (await more).StatusCode.ShouldBe(HttpStatusCode.Created);
        var third = AnOrder.APlacement(key: sku, sku: sku);
        (await lane.Place(third)).ShouldBeOfType<PlacementResult.Reserved>(); // a refusal is no promise

        Task Waits(string cause) => Eventually.True(() => watching.ExecuteScalar<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event = @cause)", new { cause }));
    }

    [Fact]
    public async Task Four_hundred_buyers_of_a_hundred_units_get_exactly_a_hundred()
    {
        var sku = await shop.OnSale(units: 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => shop.Place(shop.Body(sku))));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(100);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(300);
        await Eventually.Passes(async () => (await shop.Stock(sku)).ShouldBe((0, 0, 100)));
        await shop.BooksBalance();
    }

    [Fact]
    public async Task Twenty_tries_at_once_do_not_get_one_customer_past_the_limit()
    {
        var sku = await shop.OnSale(units: 100, limit: 2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Place(shop.Body(sku, customer: "greedy"))));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(2);
        (await CodeOf(answers.First(answer => answer.StatusCode == HttpStatusCode.Conflict))).ShouldBe("limit-exceeded");
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var sku = await shop.OnSale(units: 10);
        await shop.PlaceWell(shop.Body(sku), key: sku);

        using var other = await shop.Place(shop.Body(sku, units: 2), key: sku);

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CodeOf(other)).ShouldBe("idempotency-key-reused");
    }

    [Fact]
    public async Task The_same_request_gets_its_order_even_after_its_quote_ran_out_and_the_stock_is_gone()
    {
        var sku = await shop.OnSale(units: 1);
        var body = shop.Body(sku, quote: AnOrder.AQuote(sku, expiresAt: shop.Clock.Now.AddSeconds(30)));
        var first = await shop.PlaceWell(body, key: sku);
        await shop.Becomes(first, "paid");

        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        (await shop.PlaceWell(body, key: sku)).Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task A_refused_card_gives_the_units_back()
    {
        var sku = await shop.OnSale(units: 1);

        var order = await shop.PlaceWell(shop.Body(sku, token: "tok_declined"));

        await shop.Becomes(order, "rejected");
        (await shop.Ask(HttpMethod.Get, order)).Body.GetProperty("reason").GetString().ShouldBe("generic_decline");
        (await shop.Stock(sku)).ShouldBe((1, 0, 0));
        await shop.Becomes(await shop.PlaceWell(shop.Body(sku)), "paid");
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_until_it_is_known()
    {
        var sku = await shop.OnSale(units: 1);

        var order = await shop.PlaceWell(shop.Body(sku, token: "tok_lost"));
        await Eventually.Passes(async () =>
        {
            await using var connection = await shop.Database.OpenConnectionAsync();
            (await connection.ExecuteScalarAsync<int>("select payment_attempts from orders where id = @Id", new { order.Id })).ShouldBe(1);
        });

        // Once, and less than the hold: a clock that ran while we wait could end the hold before anybody asked.
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.Becomes(order, "paid");
    }

    [Fact]
    public async Task A_paid_order_can_be_cancelled_and_the_money_and_the_units_are_back()
    {
        var sku = await shop.OnSale(units: 1);
        var order = await shop.PlaceWell(shop.Body(sku));
        await shop.Becomes(order, "paid");

        (await shop.Ask(HttpMethod.Post, order, "/cancellation")).Status.ShouldBe(200);
        (await shop.Ask(HttpMethod.Post, order, "/cancellation")).Status.ShouldBe(200);

        await shop.Becomes(order, "refunded");
        shop.Provider.Refunds.Keys.ShouldContain(order.Id + "-refund");
        (await shop.Stock(sku)).ShouldBe((1, 0, 0));
        await shop.BooksBalance();
    }

    [Fact]
    public async Task A_packed_order_is_too_late_to_cancel()
    {
        var sku = await shop.OnSale(units: 1);
        var order = await shop.PlaceWell(shop.Body(sku));
        await shop.Becomes(order, "paid");

        (await shop.Admin.PostAsync($"/api/admin/orders/{order.Id}/packing", null)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var (status, body) = await shop.Ask(HttpMethod.Post, order, "/cancellation");
        status.ShouldBe(409);
        body.GetProperty("code").GetString().ShouldBe("too-late");
    }

    [Fact]
    public async Task Nobody_sees_it_without_its_token()
    {
        var sku = await shop.OnSale(units: 2);
        var (mine, other) = (await shop.PlaceWell(shop.Body(sku)), await shop.PlaceWell(shop.Body(sku)));

        (await shop.Ask(HttpMethod.Get, mine, token: other.AccessToken)).Status.ShouldBe(404);
        (await shop.Ask(HttpMethod.Get, mine, token: "x")).Status.ShouldBe(404);
        (await shop.Ask(HttpMethod.Post, mine, "/cancellation", token: other.AccessToken)).Status.ShouldBe(404);
        (await shop.Client.GetAsync($"/api/orders/{mine.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_price_that_changed_since_the_quote_is_refused_with_the_old_and_the_new()
    {
        var sku = await shop.OnSale(units: 1);
        await shop.Offer(sku, version: 2, price: 1299);

        await Eventually.Passes(async () =>
        {
            using var answer = await shop.Place(shop.Body(sku, quote: AnOrder.AQuote(sku)));
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            problem.GetProperty("code").GetString().ShouldBe("price-changed");
            var change = problem.GetProperty("changes")[0];
            change.GetProperty("old").GetProperty("amount").GetString().ShouldBe("14.99");
            change.GetProperty("new").GetProperty("amount").GetString().ShouldBe("12.99");
        });
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        var sku = await shop.OnSale(units: 5);
        var restricted = await shop.OnSale(units: 5, state: OfferState.Restricted);
        var later = await shop.OnSale(units: 5, opensAt: shop.Clock.Now.AddDays(1));

        await Refused(shop.Body(sku, units: 6), 409, "sold-out");
        await Refused(shop.Body(restricted), 409, "not-sold-in-market");
        await Refused(shop.Body(later), 409, "not-yet-open");
        await Refused(shop.Body(sku, quote: AnOrder.AQuote(sku, expiresAt: shop.Clock.Now)), 409, "quote-expired");
        await Refused(shop.Body(sku, quote: AnOrder.AQuote(sku, destination: new Destination("US", "OR", "97201"))), 422, "address-mismatch");
        await Refused(new { quote = "e30.AAAA", customer = Customer, shippingAddress = Address, payment = Payment }, 400, "invalid-quote");
        await Refused(new { quote = Seal(AnOrder.AQuote(sku)), customer = Customer, shippingAddress = Address, payment = new { method = "cash", token = "x" } }, 400, "malformed-request");
        await Refused(new { quote = Seal(AnOrder.AQuote(sku)), customer = new { email = "nobody", name = "x" }, shippingAddress = Address, payment = Payment }, 400, "malformed-request");
        await Refused(new { quote = Seal(AnOrder.AQuote(sku)), customer = Customer, shippingAddress = Address, payment = Payment, discount = 100 }, 400, "malformed-request");
        await Refused(new { customer = Customer }, 400, "malformed-request");

        using var withoutKey = await shop.Client.PostAsJsonAsync("/api/orders", shop.Body(sku));
        (await CodeOf(withoutKey)).ShouldBe("malformed-request");
    }

    static readonly object Customer = new { email = "a@example.org", name = "a" };
    static readonly object Address = new { name = "a", line1 = "1", city = "Sacramento", region = "CA", postalCode = "95814", country = "US" };
    static readonly object Payment = new { method = "card", token = "tok_ok" };

    async Task Refused(object body, int status, string code)
    {
        using var answer = await shop.Place(body);
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        (await CodeOf(answer)).ShouldBe(code);
    }
}
