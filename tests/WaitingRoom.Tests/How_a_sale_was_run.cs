using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Gateway.Load;
using MiStore.Gateway.WaitingRoom;
using static MiStore.WaitingRoom.Tests.SaleShop;

namespace MiStore.WaitingRoom.Tests;

public sealed class How_a_sale_was_run(SaleShop shop) : IClassFixture<SaleShop>
{
    [Fact]
    public void Spread_is_zero_among_equals_and_nearly_one_where_one_has_all()
    {
        Spread.Gini([3, 3, 3, 3]).ShouldBe(0, 1e-9);
        Spread.Gini([0, 0, 0, 8]).ShouldBe(0.75, 1e-9);
        Spread.Gini([1, 2, 3, 4]).ShouldBe(0.25, 1e-9);
        Spread.Gini([0, 0]).ShouldBe(0);
    }

    [Fact]
    public void Orders_are_spread_over_the_networks_of_their_tickets_and_over_their_regions()
    {
        Dictionary<string, string> origins = new()
        {
            ["a"] = Network("198.51.100.1"), ["b"] = Network("198.51.100.1"), ["c"] = Network("198.51.7.9"), ["d"] = Network("2001:db8:1:2::3"),
            ["e"] = Network("2001:db8:9::1"),
        };

        var conduct = Conduct.Of(Guid.Empty, new Dictionary<string, long>(), origins, new HashSet<string> { "a", "b", "unknown" });

        conduct.ByNetwork.ShouldBe(new Spread(4, Spread.Gini([2, 1, 1, 1]), 0.75, 1));
        conduct.ByRegion.ShouldBe(new Spread(2, Spread.Gini([3, 2]), 0.5, 1));
        Conduct.Of(Guid.Empty, new Dictionary<string, long>(), new Dictionary<string, string>(), new HashSet<string>()).ByNetwork.ShouldBeNull();
    }

    [Fact]
    public void Percentiles_are_bounds_of_classes()
    {
        var tally = new Tally();
        for (var i = 0; i < 200; i++)
            tally.Answered(TimeSpan.FromMilliseconds(i < 197 ? 7 : 300), i == 0 ? 503 : 200, i == 0 ? "service-unavailable" : null);
        var counted = tally.Take().ToDictionary();

        var conduct = Conduct.Of(Guid.Empty, counted, new Dictionary<string, string>(), new HashSet<string>());

        (conduct.Answers, conduct.P50Milliseconds, conduct.P99Milliseconds, conduct.Failures).ShouldBe((200, 10, 500, 1));
        conduct.Refusals.ShouldBe(new Dictionary<string, long> { ["service-unavailable"] = 1 });
        tally.Take().ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_published_when_it_is_over_from_what_both_gateways_counted()
    {
        var sale = await shop.ASale(units: 1, shop.Clock.Now.AddSeconds(10));
        var ticket = TicketOf(await shop.Take(sale, "one@example.org"));
        await shop.Take(sale, "two@example.org", shop.Other);
        (await shop.Client.GetAsync($"/api/sales/{sale}/conduct")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        for (var i = 0; i < 6; i++)
            (await shop.Ask(sale, ticket)).Dispose(); // in one moment, so all but the first are too soon
        (await shop.Ask(sale, "x", at: shop.Other)).Dispose();

        shop.Clock.Advance(TimeSpan.FromSeconds(11));
        await Eventually.Passes(async () => (await shop.Sale(sale)).GetProperty("phase").GetString().ShouldBe("open"));
        await shop.Tell(sale, available: 0, sold: 1, used: new Contracts.Sales.TicketSeal(TestKeys.Tickets).Open(ticket)!.Id);
        await Eventually.Passes(async () => (await shop.Sale(sale)).GetProperty("phase").GetString().ShouldBe("sold-out"));

        await Eventually.Passes(async () =>
        {
            var conduct = await shop.Client.GetFromJsonAsync<JsonElement>($"/api/sales/{sale}/conduct");
            (conduct.GetProperty("tickets").GetInt64(), conduct.GetProperty("hasty").GetInt64()).ShouldBe((2, 1));
            conduct.GetProperty("refusals").GetProperty("too-soon").GetInt64().ShouldBe(5);
            conduct.GetProperty("refusals").GetProperty("invalid-ticket").GetInt64().ShouldBe(1);
            conduct.GetProperty("failures").GetInt64().ShouldBe(0);
            conduct.GetProperty("answers").GetInt64().ShouldBeGreaterThanOrEqualTo(10);
            var networks = conduct.GetProperty("byNetwork");
            (networks.GetProperty("places").GetInt32(), networks.GetProperty("mostOrders").GetDouble()).ShouldBe((1, 1));
        });
    }

    static string Network(string address) => Client.Of(IPAddress.Parse(address)).Network.ToString("x");
}
