using MiStore.Rehearsal;
using MiStore.Rehearsal.Report;

namespace MiStore.Journeys.Tests;

public sealed class A_launch_is_rehearsed(Store store, ITestOutputHelper output)
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_stage_of_its_own_and_nothing_real_is_sold()
    {
        var before = await store.UnitsOf("US", Goods.Band);
        var plan = new Plan(
            store.Stack.Url, Units: 10, Buyers: 30, Browsers: 2, Fillers: 5, Bots: 1, ArriveWithin: TimeSpan.FromSeconds(1), Connections: 16);

        // On a machine that does other things too, how long it takes says nothing.
        var outcome = await Launch.Play(plan, new Goals(P99Milliseconds: 60_000), store.OperatorToken, cancellation: Now);

        foreach (var finding in outcome.Findings)
            output.WriteLine($"{finding.IsGood}: {finding.Name}: {finding.Detail}");
        outcome.Findings.ShouldAllBe(finding => finding.IsGood);
        outcome.Records.Evenings.CountBy(evening => evening.End).ToDictionary()
            .ShouldBe(new Dictionary<string, int> { ["sold"] = 10, ["sold-out"] = 20 }, ignoreOrder: true);
        outcome.Records.Heard.ShouldContain(heard => heard.Who == "bot" && heard.Code == "invalid-quote");
        outcome.Records.Heard.ShouldContain(heard => heard.Who == "browser" && heard.Status == 304);

        // The store knows of it: a market that is to open is not asked for another.
        (await store.AsOperator(HttpMethod.Post, "/api/admin/markets", AMarketToCome)).ShouldBe(HttpStatusCode.Created);
        var checks = (await store.AsOperator(HttpMethod.Get, "/api/admin/markets/NL/readiness")).ShouldBe(HttpStatusCode.OK)["checks"].EnumerateArray()
            .ToDictionary(check => check.At("name").GetString()!, check => check.At("missing").GetArrayLength());
        checks["rehearsal"].ShouldBe(0);
        checks["legal-texts"].ShouldBe(4);

        // No shopper is shown the stage, and no other market has sold anything for it.
        (await store.Door.Get("/api/markets")).Text.ShouldNotContain("\"XR\"");
        (await store.UnitsOf("US", Goods.Band)).Sold.ShouldBeGreaterThanOrEqualTo(before.Sold);
        (await store.UnitsOf(RehearsalMarket.Code, Goods.Band)).Remaining.ShouldBe(0);

        var folder = Path.Combine(store.Stack.Home, "rehearsals");
        var page = await File.ReadAllTextAsync(Files.Write(outcome, folder), Now);
        page.ShouldContain("Passed");
        page.ShouldContain("<svg");
        page.ShouldNotContain("http");
        Directory.GetFiles(folder, "*.json").ShouldHaveSingleItem();
    }

    static object AMarketToCome => new
    {
        code = "NL", name = "Nederland", currency = "EUR", locale = "en-NL", languages = new[] { "en" }, timeZone = "Europe/Amsterdam",
        taxDisplay = "included", seller = new { name = "MiStore Nederland B.V.", address = "Voorbeeld 1, Amsterdam" }, postalCodePattern = "[0-9]{4} ?[A-Z]{2}",
        calendar = new { opensAt = DateTimeOffset.UtcNow.AddDays(30).ToString("O"), testSale = (object?)null },
        taxes = new[] { new { name = "Btw 21 %", rate = 0.21, shippingTaxed = true, hasNexus = true, asOf = "2026-01-01", source = "a test" } },
        shipping = new[]
        {
            new { code = "standard", names = new { en = "Standard" }, price = new { amount = "4.90", currency = "EUR" }, daysMin = 1, daysMax = 3 },
        },
        why = "A test.",
    };

    [Fact]
    public void A_unit_too_many_or_a_buyer_without_an_answer_is_no_pass()
    {
        Outcome Played(Records records, int sold) => new(
            new Plan(store.Stack.Url, Units: 1, Buyers: 2), new Goals(), DateTimeOffset.UnixEpoch, records, 1 - sold, 0, sold, true, "[]");
        IEnumerable<string> Missed(Outcome outcome) => outcome.Findings.Where(finding => !finding.IsGood).Select(finding => finding.Name);

        var good = new Records();
        good.Add(new Evening(0, "sold", "a", 0, 1));
        good.Add(new Evening(1, "sold-out", null, 0, 1));
        Missed(Played(good, sold: 1)).ShouldBeEmpty();

        good.Add(new Heard(1, "buyer", "order", 500, "internal-error", 2000));
        Missed(Played(good, sold: 1)).ShouldBe(["p99 of an answer to a buyer is at most 1000 ms", "At most 0 errors"]);

        var bad = new Records();
        bad.Add(new Evening(0, "sold", "a", 0, 1));
        bad.Add(new Evening(1, "sold", "b", 0, 1));
        Missed(Played(bad, sold: 1)).ShouldBe(["No unit is sold twice", "Everything that could be sold is sold", "The store's books say what the buyers heard"]);

        var silent = new Records();
        silent.Add(new Evening(0, "sold", "a", 0, 1));
        Missed(Played(silent, sold: 1)).ShouldBe(["Every buyer has a final answer"]);
    }
}
