using System.Net;
using System.Text.Json;
using Dapper;
using MiStore.Contracts.Replays;
using MiStore.Messaging;

namespace MiStore.Pricing.Tests.Readiness;

/// <summary>A store that is started for the first time before its test sale, with nothing in stock for Germany.</summary>
public sealed class When_a_seeded_market_lacks_something : IAsyncLifetime
{
    TestDatabase database = null!;
    TestBroker broker = null!;
    ServiceUnderTest<Program> pricing = null!;

    [Fact]
    public async Task It_is_held_at_its_first_sale_and_the_others_are_not()
    {
        await Eventually.Passes(async () => (await Held("DE")).ShouldBe("2015-05-18T22:00:00Z"));
        (await Held("GB")).ShouldBeNull();
        (await (await pricing.Client.GetAsync("/api/markets/DE")).Json()).Text("phase").ShouldBe("announced");

        await using var connection = await database.Source.OpenConnectionAsync();
        var said = (await connection.QueryAsync<(string Market, string Missing)>(
            "select market, after ->> 'missing' from changes where what = 'CheckSeed' and who = 'seed' order by market")).AsList();
        said.Select(one => one.Market).ShouldBe(["DE", "FR", "GB", "US"]);
        JsonDocument.Parse(said[0].Missing).RootElement.GetArrayLength().ShouldBe(8, "four SKUs, two sales");
        said.Skip(1).ShouldAllBe(one => one.Missing == "[]");
    }

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.Create(typeof(Work).Assembly, typeof(Program).Assembly);
        broker = await TestBroker.Create();
        await broker.Listen<ReplayRequested>(async asked =>
        {
            object[] facts = asked.Producer == "catalog"
                ? [.. PricingService.Products]
                : [.. PricingService.Stock.Where(stock => stock.Market != "DE")];
            foreach (var fact in facts)
                await broker.Publish(fact);
            await broker.Publish(new ReplayFinished("pricing", asked.Producer, facts.Length));
        });
        pricing = await new ServiceUnderTest<Program>().Using(database, "pricingdb").Using(broker)
            .Using(new TestClock(Calendars.Announcement.AddDays(1))).Start();
    }

    public async ValueTask DisposeAsync()
    {
        await pricing.DisposeAsync();
        await broker.DisposeAsync();
        await database.DisposeAsync();
    }

    async Task<string?> Held(string market)
    {
        var answer = await pricing.Operator().GetAsync($"/api/admin/markets/{market}/readiness");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Json()).GetProperty("heldFrom").GetString();
    }
}
