using System.Net;
using Dapper;

namespace MiStore.Checkout.Tests.Orders;

public sealed class When_a_guest_has_lost_the_link(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    [Fact]
    public async Task Number_and_address_tell_where_the_order_stands_and_nothing_of_the_person()
    {
        var (number, email) = await AnOrder();

        var found = (await LookUp(number.ToLowerInvariant(), email.ToUpperInvariant())).ShouldBe(HttpStatusCode.OK);

        found.Body.EnumerateObject().Select(member => member.Name).ShouldBe(["number", "market", "status", "timeline"]);
        found["timeline"].GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Five_wrong_tries_lock_the_number_for_a_quarter_of_an_hour()
    {
        var (number, email) = await AnOrder();
        for (var i = 0; i < 5; i++)
            (await LookUp(number, $"guess{i}@example.org")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-order");

        var locked = (await LookUp(number, email)).ShouldBeProblem(HttpStatusCode.TooManyRequests, "too-many-tries");
        locked["lockedUntil"].GetDateTimeOffset().ShouldBe(shop.Clock.Now.AddMinutes(15));
        locked.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(15));

        shop.Clock.Now += TimeSpan.FromMinutes(15);
        (await LookUp(number, email)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Tries_at_the_same_time_are_counted_one_by_one()
    {
        var (number, _) = await AnOrder();

        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => LookUp(number, $"guess{i}@example.org")));

        tries.Count(answer => answer.Status == 404).ShouldBe(5);
        tries.Count(answer => answer.Status == 429).ShouldBe(7);
    }

    [Fact]
    public async Task A_number_that_does_not_exist_is_answered_like_a_wrong_address_and_leaves_nothing_behind()
    {
        (await LookUp("US-0000-0000-0000", "ada@example.org")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-order");

        await using var connection = await shop.Database.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<int>("select count(*) from order_lookups where number = 'US-0000-0000-0000'")).ShouldBe(0);
    }

    Task<Answer> LookUp(string number, string email) => shop.Client.Post("/api/orders/lookup", new { number, email });

    async Task<(string Number, string Email)> AnOrder()
    {
        var sku = await shop.OnSale(units: 1);
        var customer = Guid.NewGuid().ToString("n")[..12];
        var order = await shop.PlaceWell(shop.Body(sku, customer: customer));
        return (order.Number, customer + "@example.org");
    }
}
