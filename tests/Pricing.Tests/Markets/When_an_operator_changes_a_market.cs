using System.Net;
using System.Net.Http.Json;
using Dapper;
using MiStore.Contracts.Offers;
using static MiStore.Pricing.Tests.Calendars;

namespace MiStore.Pricing.Tests.Markets;

public sealed class When_an_operator_changes_a_market(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task Offers_follow_the_new_calendar()
    {
        var before = await pricing.Offer("DE", "MI-BAND-BLK");
        var answer = await Schedule("DE", new { opensAt = "2015-07-01T09:00", testSale = new { from = "2015-06-10T00:00", until = "2015-06-11T00:00" }, why = "customs" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var json = await answer.Json();
        json.Text("market", "phase").ShouldBe("announced");
        var opening = json.GetProperty("times").EnumerateArray().Single(time => time.Text("what") == "opensAt");
        opening.Text("at").ShouldBe("2015-07-01T07:00:00Z");
        opening.Text("local", "US").ShouldBe("2015-07-01T03:00:00-04:00");
        opening.Text("local", "GB").ShouldBe("2015-07-01T08:00:00+01:00");
        opening.Text("local", "DE").ShouldBe("2015-07-01T09:00:00+02:00");

        var offer = await pricing.Offer("DE", "MI-BAND-BLK", before.Version + 1);
        offer.At(Utc("2015-07-01T06:59:59")).State.ShouldBe(OfferState.Upcoming);
        offer.At(Utc("2015-07-01T07:00:00")).ShouldBe(new(Utc("2015-07-01T07:00:00"), OfferState.Sellable, Euro(1499), null, 5));
        var notYet = await (await pricing.Quote(PricingService.Cart("DE"))).ShouldBeProblem(HttpStatusCode.Conflict, "not-yet-open");
        notYet.Text("availableFrom").ShouldBe("2015-06-09T22:00:00Z");

        (await Changes("DE", "ScheduleMarket")).ShouldHaveSingleItem().ShouldBe(("ada", "2015-05-31T22:00:00+00:00", "2015-07-01T07:00:00+00:00", "customs"));
    }

    [Fact]
    public async Task A_pause_is_in_force_at_once_and_ends_as_fast()
    {
        var before = await pricing.Offer("FR", "MI-HP-GLD");

        (await (await pricing.Service.Operator().PostAsync("/api/admin/markets/fr/pause", null)).Json()).Text("phase").ShouldBe("paused");
        await (await pricing.Quote(PricingService.Cart("FR", "MI-HP-GLD"))).ShouldBeProblem(HttpStatusCode.Conflict, "market-paused");
        (await pricing.Offer("FR", "MI-HP-GLD", before.Version + 1)).At(pricing.Clock.Now).State.ShouldBe(OfferState.Paused);
        await (await pricing.Quote(PricingService.Cart("FR", "MI-4-WHT-16"))).ShouldBeProblem(HttpStatusCode.Conflict, "not-sold-in-market");

        (await pricing.Service.Operator().PostAsync("/api/admin/markets/FR/pause", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Changes("FR", "PauseMarket")).Count.ShouldBe(1);

        (await (await pricing.Service.Operator().PostAsJsonAsync("/api/admin/markets/FR/resume", new { why = "repaired" })).Json()).Text("phase").ShouldBe("open");
        (await pricing.Quote(PricingService.Cart("FR", "MI-HP-GLD"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await pricing.Offer("FR", "MI-HP-GLD", before.Version + 2)).At(pricing.Clock.Now).State.ShouldBe(OfferState.Sellable);
    }

    [Theory]
    [InlineData("2015-06-11T00:00", "2015-06-10T00:00", "2015-07-01T00:00", "testSale.until must be after testSale.from.")]
    [InlineData("2015-06-10T00:00", "2015-06-10T00:00", "2015-07-01T00:00", "testSale.until must be after testSale.from.")]
    [InlineData("2015-06-10T00:00", "2015-06-12T00:00", "2015-06-11T00:00", "opensAt must not be before the test sale ends.")]
    [InlineData("2015-06-10T00:00", "2015-06-12T00:00", "2016-03-27T01:30", "does not exist in Europe/London")]
    [InlineData("2015-06-10T00:00", "2015-06-12T00:00", "2015-10-25T01:30", "happens twice in Europe/London")]
    [InlineData("2015-06-10T00:00", "2015-06-12T00:00", "soon", "neither an instant")]
    [InlineData("2015-05-20T00:00", "2015-06-12T00:00", "2015-07-01T00:00", "testSale.from lies in the past.")]
    [InlineData("2015-05-19T00:00", "2015-05-27T00:00", "2015-07-01T00:00", "testSale.until lies in the past.")]
    [InlineData("2015-05-19T00:00", "2015-05-26T00:00", "2015-05-30T00:00", "opensAt lies in the past.")]
    public async Task A_calendar_that_cannot_be_kept_is_refused(string from, string until, string opensAt, string detail)
    {
        var problem = await (await Schedule("GB", new { opensAt, testSale = new { from, until } }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-calendar");

        problem.Text("detail")!.ShouldContain(detail);
        (await Changes("GB", "ScheduleMarket")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_market_cannot_be_changed()
    {
        await (await Schedule("XX", new { opensAt = "2015-07-01T00:00", testSale = (object?)null })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        await (await pricing.Service.Operator().PostAsync("/api/admin/markets/XX/pause", null)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        await (await pricing.Service.Operator().PostAsync("/api/admin/markets/XX/resume", null)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
    }

    [Theory]
    [InlineData("PUT", "/api/admin/markets/US/calendar")]
    [InlineData("POST", "/api/admin/markets/US/pause")]
    [InlineData("POST", "/api/admin/markets/US/resume")]
    [InlineData("PUT", "/api/admin/prices")]
    public async Task Only_operators_may(string method, string path)
    {
        await (await pricing.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)))
            .ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
        await (await pricing.Service.Operator(role: "shopper").SendAsync(new HttpRequestMessage(new HttpMethod(method), path)))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("update changes set who = 'nobody'")]
    [InlineData("delete from prices")]
    [InlineData("truncate purchase_limits")]
    public async Task History_cannot_be_rewritten(string sql)
    {
        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<Npgsql.PostgresException>(connection.ExecuteAsync(sql))).MessageText.ShouldContain("never changed");
    }

    Task<HttpResponseMessage> Schedule(string market, object calendar) =>
        pricing.Service.Operator().PutAsJsonAsync($"/api/admin/markets/{market}/calendar", calendar);

    async Task<List<(string Who, string Before, string After, string? Why)>> Changes(string market, string what)
    {
        await using var connection = await pricing.Database.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<(string, string, string, string?)>(
            "select who, before ->> 'opensAt', after ->> 'opensAt', why from changes where market = @market and what = @what order by id",
            new { market, what })).AsList();
    }
}
