using System.Net;

namespace MiStore.Pricing.Tests.Markets;

public sealed class When_markets_are_listed(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task A_fresh_shop_has_four()
    {
        var markets = (await (await pricing.Client.GetAsync("/api/markets")).Json()).GetProperty("markets").EnumerateArray().ToList();

        markets.Select(market => (market.Text("code"), market.Text("currency"), market.Text("locale"), market.Text("timeZone"), market.Text("taxDisplay")))
            .ShouldBe(
            [
                ("US", "USD", "en-US", "America/New_York", "excluded"),
                ("GB", "GBP", "en-GB", "Europe/London", "included"),
                ("DE", "EUR", "de-DE", "Europe/Berlin", "included"),
                ("FR", "EUR", "fr-FR", "Europe/Paris", "included"),
            ]);
        markets.ShouldAllBe(market => market.GetProperty("seller").GetProperty("name").GetString()!.Length > 0);
    }

    [Theory]
    [InlineData("GB")]
    [InlineData("gb")]
    [InlineData("UK")]
    [InlineData("uk")]
    public async Task The_united_kingdom_has_two_names(string code)
    {
        var market = await (await pricing.Client.GetAsync($"/api/markets/{code}")).Json();

        market.Text("code").ShouldBe("GB");
        market.Text("phase").ShouldBe("open");
        market.Text("opensAt").ShouldBe("2015-05-31T23:00:00Z");
        market.Text("testSale", "from").ShouldBe("2015-05-18T23:00:00Z");
        market.Text("testSale", "until").ShouldBe("2015-05-25T23:00:00Z");
        market.Text("serverTime").ShouldBe("2015-06-02T12:00:00Z");
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("U")]
    [InlineData("a-market-that-nobody-knows")]
    [InlineData("%F0%9F%98%80")]
    public async Task Another_is_unknown(string code) =>
        await (await pricing.Client.GetAsync($"/api/markets/{code}")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");

    [Fact]
    public async Task Everybody_is_told_of_each() =>
        await Eventually.Passes(() =>
        {
            pricing.MarketNews.Messages.Select(market => market.Code).Distinct().Order().ShouldBe(["DE", "FR", "GB", "US"]);
            return Task.CompletedTask;
        });
}
