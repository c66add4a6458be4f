using System.Net;
using System.Net.Http.Json;
using Dapper;

namespace MiStore.Pricing.Tests.Readiness;

/// <summary>France has been put off to August; a cable is to be sold there, of which nobody knows anything but its price.</summary>
public sealed class When_a_market_is_not_ready(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task It_says_what_is_missing_and_opens_no_sooner_unless_two_people_agree()
    {
        (await Open("2015-08-01T00:00")).StatusCode.ShouldBe(HttpStatusCode.OK, "later is always possible");
        await A_cable_without_texts_safety_and_stock();

        var readiness = await (await pricing.Service.Operator().GetAsync("/api/admin/markets/FR/readiness")).Json();
        readiness.GetProperty("ready").GetBoolean().ShouldBeFalse();
        var missing = readiness.GetProperty("checks").EnumerateArray()
            .SelectMany(check => check.GetProperty("missing").EnumerateArray().Select(it => $"{check.Text("name")}: {it.GetString()}"));
        string[] expected =
        [
            "texts: CBL-1 is not all told in 'fr'.", "texts: CBL-1 is not all told in 'en'.", "safety-data: CBL-1 has no safety data.",
            "stock: CBL-1 has no stock at 2015-07-31T22:00:00Z.",
            "rehearsal: No launch has been rehearsed: ./mistore rehearse.",
        ];
        missing.ShouldBe(expected);

        var refusal = await (await Open("2015-07-01T00:00")).ShouldBeProblem(HttpStatusCode.Conflict, "market-not-ready");
        refusal.GetProperty("missing").EnumerateArray().Select(it => it.GetString()).ShouldContain("CBL-1 has no stock at 2015-06-30T22:00:00Z.");

        await Agree("ada");
        await Agree("ada");
        await (await Open("2015-07-01T00:00")).ShouldBeProblem(HttpStatusCode.Conflict, "market-not-ready");
        await Agree("grace");
        (await Open("2015-07-01T00:00")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QueryAsync<string>("select who from changes where market = 'FR' and what = 'OverrideReadiness' and after::text like '%no safety data%' order by id"))
            .ShouldBe(["ada", "ada", "grace"]);
    }

    [Fact]
    public async Task Another_market_is_none_the_worse_for_it()
    {
        var readiness = await (await pricing.Service.Operator().GetAsync("/api/admin/markets/uk/readiness")).Json();
        readiness.GetProperty("ready").GetBoolean().ShouldBeTrue(readiness.ToString());
        readiness.Text("market").ShouldBe("GB");
    }

    [Fact]
    public async Task Only_operators_learn_of_it()
    {
        (await pricing.Client.GetAsync("/api/admin/markets/FR/readiness")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await (await pricing.Service.Operator().GetAsync("/api/admin/markets/XX/readiness")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        await (await pricing.Service.Operator().PostAsJsonAsync("/api/admin/markets/FR/readiness/override", new { why = "" }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    async Task A_cable_without_texts_safety_and_stock()
    {
        await pricing.Broker.Publish(PricingService.Product("cable", "CBL-1", "Cable", "Kabel") with { Languages = [], Safety = null });
        await Eventually.Passes(async () => (await pricing.Service.Operator().PutAsJsonAsync("/api/admin/prices", new
        {
            market = "FR", sku = "CBL-1", price = new { amount = "4.99", currency = "EUR" },
        })).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    async Task Agree(string subject) => (await pricing.Service.Operator(subject).PostAsJsonAsync(
        "/api/admin/markets/FR/readiness/override", new { why = "The cables are on the lorry" })).StatusCode.ShouldBe(HttpStatusCode.OK);

    Task<HttpResponseMessage> Open(string opensAt) =>
        pricing.Service.Operator().PutAsJsonAsync("/api/admin/markets/FR/calendar", new { opensAt, testSale = (object?)null });
}
