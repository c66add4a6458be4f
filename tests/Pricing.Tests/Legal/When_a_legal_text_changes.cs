using System.Net;
using System.Net.Http.Json;
using Dapper;
using MiStore.Contracts.Quotes;

namespace MiStore.Pricing.Tests.Legal;

public sealed class When_a_legal_text_changes(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task It_holds_from_its_instant_on_and_the_version_before_stays_readable()
    {
        var begins = pricing.Clock.Now.AddDays(3);
        (await (await Publish("DE", "terms", German, English, begins)).Json()).GetProperty("version").GetInt32().ShouldBe(2);

        (await Read("DE/legal/terms")).GetProperty("version").GetInt32().ShouldBe(1);
        await (await pricing.Client.GetAsync("/api/markets/DE/legal/terms?version=2")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-document");
        (await TermsOfAQuote("DE")).ShouldBe(1);

        pricing.Clock.Now = begins;
        var now = await Read("DE/legal/terms");
        now.GetProperty("version").GetInt32().ShouldBe(2);
        now.Text("body").ShouldBe("Alles wird gut.");
        now.GetProperty("since").GetDateTimeOffset().ShouldBe(begins);
        (await Read("DE/legal/terms?language=en")).Text("body").ShouldBe("All will be well.");
        (await Read("DE/legal/terms?version=1")).Text("body")!.ShouldContain("MiStore Deutschland GmbH");
        (await TermsOfAQuote("DE")).ShouldBe(2);

        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QuerySingleAsync<(string, string, string, string)>(
            "select who, before ->> 'version', after ->> 'version', why from changes where market = 'DE' and what = 'PublishLegalText'"))
            .ShouldBe(("ada", "1", "2", "A new law."));
    }

    [Fact]
    public async Task Every_seeded_market_has_all_of_them_in_all_of_its_languages()
    {
        foreach (var (market, languages) in new[] { ("US", "en"), ("GB", "en"), ("DE", "de en"), ("FR", "fr en") })
        {
            var documents = (await Read($"{market}/legal")).GetProperty("documents").EnumerateArray().Select(one => one.Text("document")).ToList();
            documents.ShouldBe(["imprint", "terms", "withdrawal", "privacy", "accessibility"]);
            foreach (var document in documents)
                foreach (var language in languages.Split(' '))
                {
                    var text = await Read($"{market}/legal/{document}?language={language}");
                    text.Text("language").ShouldBe(language);
                    text.Text("body")!.ShouldNotContain("{");
                    text.Text("body")!.ShouldNotContain("[");
                }
        }

        (await Read("DE/legal/terms?language=fr")).Text("language").ShouldBe("de", "the market's own, where it does not speak the one asked for");
    }

    [Fact]
    public async Task What_cannot_be_told_to_everybody_there_is_refused()
    {
        await (await Publish("FR", "terms", German, English)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-legal-text");
        await (await Publish("DE", "terms", German with { Body = " " }, English)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-legal-text");
        await (await Publish("DE", "terms", German with { Title = new string('x', 201) }, English)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-legal-text");
        await (await Publish("DE", "terms", German, English, pricing.Clock.Now.AddDays(-1))).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-effective-from");
        await (await Publish("DE", "poems", German, English)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-document");
        await (await Publish("XX", "terms", German, English)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
        await (await pricing.Client.PutAsJsonAsync("/api/admin/markets/DE/legal/terms", new { })).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthorized");
        await (await pricing.Client.GetAsync("/api/markets/XX/legal")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");
    }

    static Text German => new("Geschäftsbedingungen", "Alles wird gut.");

    static Text English => new("Terms of sale", "All will be well.");

    Task<HttpResponseMessage> Publish(string market, string document, Text german, Text english, DateTimeOffset? effectiveFrom = null) =>
        pricing.Service.Operator().PutAsJsonAsync($"/api/admin/markets/{market}/legal/{document}", new
        {
            texts = new { de = german, en = english }, effectiveFrom, why = "A new law.",
        });

    async Task<System.Text.Json.JsonElement> Read(string path)
    {
        var answer = await pricing.Client.GetAsync($"/api/markets/{path}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Json();
    }

    /// <summary>As it is shown, and as it is sealed.</summary>
    async Task<int?> TermsOfAQuote(string market)
    {
        var quote = await (await pricing.Quote(PricingService.Cart(market))).Json();
        var shown = quote.GetProperty("termsVersion").GetInt32();
        new QuoteSignature(TestKeys.Quotes).Open(quote.Text("quote")!)!.TermsVersion.ShouldBe(shown);
        return shown;
    }

    sealed record Text(string Title, string Body);
}
