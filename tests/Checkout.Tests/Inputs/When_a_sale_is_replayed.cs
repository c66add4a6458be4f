using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MiStore.Checkout.Inputs;
using MiStore.Contracts.Sales;
using MiStore.Replay;
using Npgsql;
using static MiStore.Checkout.Tests.CheckoutShop;

namespace MiStore.Checkout.Tests.Inputs;

public sealed class When_a_sale_is_replayed(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    // One sale is held and played in several ways; the tests of a class run one after the other.
    static Recording? held;

    [Fact]
    public async Task It_has_the_same_winners_the_same_balances_and_the_same_refusals()
    {
        var recording = await ASale();

        var played = await Play(recording);

        Comparison.Of(recording, played).ShouldBe(new Comparison(null, null, null));
        played.Balances[recording.Sale.Batch].ShouldBe(new Balance(0, 0, 6, 0));
        var result = Result.AsPlayed(recording, played);
        result.Served.Count.ShouldBe(4); // two of ada, two of bob, one of gus, one of hal
        result.Refused.ShouldBe(new Dictionary<string, int> { ["sold-out"] = 2, ["limit-exceeded"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_changed_input_is_noticed()
    {
        var recording = await ASale();
        var changed = recording with
        {
            Turns = [.. recording.Turns.Select(turn => turn with
            {
                Inputs = [.. turn.Inputs.Select(input => input.Heard == "payment-declined" ? input with { Heard = "payment-succeeded" } : input)],
            })],
        };

        var difference = Comparison.Of(changed, await Play(changed));

        difference.IsSame.ShouldBeFalse();
        difference.Winners.ShouldNotBeNull().ShouldContain("was returned 1 for order");
    }

    [Fact]
    public async Task A_changed_ledger_is_noticed()
    {
        var recording = await ASale();
        var played = await Play(recording);

        Comparison.Of(recording with { Entries = [.. recording.Entries.SkipLast(1)] }, played).Winners.ShouldNotBeNull().ShouldContain("was not there");
        Comparison.Of(recording with { Sale = recording.Sale with { Batches = [recording.Batch with { Sold = 5, Available = 1 }] } }, played)
            .Balances.ShouldNotBeNull().ShouldContain("was 1 to order, 0 held, 5 sold");
    }

    [Fact]
    public async Task With_a_limit_of_one_more_customers_win()
    {
        var recording = await ASale();
        var rules = new WhatIf().With("limit=1").ShouldNotBeNull();

        var result = Result.AsPlayed(recording, await Play(rules.Of(recording), Assumed.Of(recording, rules)));

        // ada, bob, gus and hal have one each, and ivy, who found nothing in truth, has one too.
        (result.Served.Count, result.Units, result.Balance.Available).ShouldBe((5, 5, 1));
        result.Refused.ShouldBe(new Dictionary<string, int> { ["limit-exceeded"] = 4 }, ignoreOrder: true);
    }

    [Fact]
    public async Task With_a_shorter_hold_units_come_back_to_who_asked_in_between()
    {
        var recording = await ASale();
        var rules = new WhatIf().With("ttl=5m").ShouldNotBeNull();

        var (was, would) = (Result.AsItWas(recording), Result.AsPlayed(recording, await Play(rules.Of(recording), Assumed.Of(recording, rules))));

        // cyd's unit is back after five minutes: fay, who wants two, gets them in the sixth, and nothing is left for gus and hal.
        (was.Served.Count, would.Served.Count, would.Balance).ShouldBe((4, 3, new Balance(0, 0, 6, 0)));
        would.Orders.Except(was.Orders).Count().ShouldBe(1);
        was.Orders.Except(would.Orders).Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_rush_with_tickets_and_two_skus_is_the_same_too()
    {
        var one = await shop.OnSale(units: 20, limit: 2);
        var other = await shop.OnSale(units: 5);
        var inTurn = await shop.OnSale(units: 3, waitingRoom: new { });
        var sale = await shop.SaleOf(inTurn);
        var both = AnOrder.AQuote(one) with { Lines = [.. AnOrder.AQuote(one).Lines, .. AnOrder.AQuote(other).Lines, .. AnOrder.AQuote(inTurn).Lines] };
        var seal = new TicketSeal(TestKeys.Tickets);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 3) switch
        {
            0 => shop.Place(shop.Body(one, customer: $"rush{i % 9}")),
            1 => shop.Place(shop.Body(other)),
            _ => shop.Place(shop.Body(one, customer: $"turn{i}", quote: both), ticket: seal.Seal(new Ticket(
                Guid.NewGuid(), sale, Mailbox.KeyOf($"turn{i}@example.org")!, shop.Clock.Now, shop.Clock.Now.AddMinutes(5)))),
        }));
        await Settled();

        var recording = await Recorded(await shop.SaleOf(one));
        recording.Sale.Batches.Select(batch => batch.Sku).ShouldBe([one, other, inTurn], ignoreOrder: true);
        recording.Arrivals.Count().ShouldBe(60);
        Comparison.Of(recording, await Play(recording)).ShouldBe(new Comparison(null, null, null));
    }

    [Fact]
    public async Task Whoever_is_no_operator_does_not_see_it_and_who_is_sees_no_names()
    {
        var sku = await shop.OnSale(units: 1);
        await shop.PlaceWell(shop.Body(sku, customer: "secretive"));
        using (await shop.Place(shop.Body(sku, customer: "disappointed")))
            await Settled();
        var path = $"/api/admin/batches/{await shop.SaleOf(sku)}/inputs";

        (await shop.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await shop.As("somebody").GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await shop.Admin.GetAsync($"/api/admin/batches/{Guid.NewGuid()}/inputs")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var answer = await shop.Admin.GetAsync(path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldNotContain("secretive");
        text.ShouldNotContain("disappointed");
        text.ShouldNotContain("tok_ok");

        // Cut off anywhere, it is not taken for a whole one.
        await Should.ThrowAsync<InvalidDataException>(() => Recording.Read(new StringReader(text[..text.LastIndexOf("{\"end\"", StringComparison.Ordinal)])));
        await Should.ThrowAsync<InvalidDataException>(() => Recording.Read(new StringReader(text[..(text.Length / 2)])));
    }

    [Theory]
    [InlineData(0, 1_000_000)]
    [InlineData(30, 0)]
    public async Task What_is_forgotten_is_not_played_as_if_it_were_all(int keptDays, int keptTurns)
    {
        var sku = await shop.OnSale(units: 2);
        await shop.PlaceWell(shop.Body(sku));
        await Settled();
        var sale = await shop.SaleOf(sku);
        (await Recorded(sale)).Arrivals.Count().ShouldBe(1);

        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        using var forget = new ForgetInputs(
            shop.Service<NpgsqlDataSource>(), Options.Create(new InputOptions { KeptDays = keptDays, KeptTurns = keptTurns }), shop.Clock,
            NullLogger<ForgetInputs>.Instance);
        (await forget.Forget(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(1);

        using var answer = await shop.Admin.GetAsync($"/api/admin/batches/{sale}/inputs");
        (answer.StatusCode, await CodeOf(answer)).ShouldBe((HttpStatusCode.Conflict, "inputs-incomplete"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=many")]
    [InlineData("ttl=5")]
    [InlineData("ttl=2d")]
    [InlineData("ttl=0s")]
    [InlineData("price=1")]
    public void Rules_that_nobody_could_play_are_none(string words) => new WhatIf().With(words).ShouldBeNull();

    // Six units, two for a customer: two who buy twice, one who never pays, one who is declined, one who takes it back; some too early, some too late.
    async Task<Recording> ASale()
    {
        if (held is not null)
            return held;

        var sku = await shop.OnSale(units: 6, limit: 2);
        foreach (var who in new[] { "ada", "ada", "bob", "bob" })
            await shop.Becomes(await Buy(who), "paid");
        var unpaid = await Buy("cyd", "tok_silent");
        // The answer was lost, and whoever asks again hears nothing.
        await Eventually.Passes(async () => (await Text(sku)).ShouldContain("payment-unclear"));
        await shop.Becomes(await Buy("dan", "tok_declined"), "rejected");
        var takenBack = await Buy("eve");
        await shop.Becomes(takenBack, "paid");
        (await shop.Ask(HttpMethod.Post, takenBack, "/cancellation")).Status.ShouldBe(200);
        await shop.Becomes(takenBack, "refunded");

        shop.Clock.Advance(TimeSpan.FromMinutes(6));
        (await Refused("fay", units: 2)).ShouldBe("sold-out");
        (await Refused("ada")).ShouldBe("limit-exceeded");
        await shop.Becomes(await Buy("gus"), "paid");

        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.Becomes(unpaid, "expired");
        await shop.Becomes(await Buy("hal"), "paid");
        (await Refused("ivy")).ShouldBe("sold-out");
        (await shop.Stock(sku)).ShouldBe((0, 0, 6));
        return held = await Recorded(await shop.SaleOf(sku));

        Task<Placed> Buy(string who, string token = "tok_ok") => shop.PlaceWell(shop.Body(sku, token: token, customer: who));

        async Task<string?> Refused(string who, int units = 1)
        {
            using var answer = await shop.Place(shop.Body(sku, units, customer: who));
            return await CodeOf(answer);
        }
    }

    async Task<string> Text(string sku) => await shop.Admin.GetStringAsync($"/api/admin/batches/{await shop.SaleOf(sku)}/inputs");

    async Task<Recording> Recorded(Guid sale) =>
        await Recording.Read(new StringReader(await shop.Admin.GetStringAsync($"/api/admin/batches/{sale}/inputs")));

    // Every payment has come to an end.
    Task Settled() => Eventually.Passes(async () =>
    {
        await using var open = shop.Database.CreateCommand("select count(*) from orders where status in ('reserved', 'paying')");
        (await open.ExecuteScalarAsync()).ShouldBe(0L);
    });

    static async Task<Played> Play(Recording recording, Assumed? assumed = null)
    {
        await using var stage = await Stage.Build(TestServers.Postgres);
        return await stage.Play(recording, assumed);
    }
}
