using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Contracts.Sales;
using MiStore.Gateway.WaitingRoom;
using static MiStore.WaitingRoom.Tests.SaleShop;

namespace MiStore.WaitingRoom.Tests;

public sealed class A_sale_that_is_held_in_turn(SaleShop shop) : IClassFixture<SaleShop>
{
    [Fact]
    public async Task Shuffles_who_came_before_it_and_serves_the_others_as_they_come()
    {
        var opensAt = shop.Clock.Now.AddSeconds(30);
        var sale = await shop.ASale(units: 2, opensAt);
        var before = await shop.Sale(sale);
        before.GetProperty("phase").GetString().ShouldBe("upcoming");
        before.GetProperty("serverTime").GetDateTimeOffset().ShouldBe(shop.Clock.Now);
        before.GetProperty("fairness").GetProperty("seed").ValueKind.ShouldBe(JsonValueKind.Null);
        var commitment = before.GetProperty("fairness").GetProperty("commitment").GetString();

        var early = new List<JsonElement>();
        for (var i = 0; i < 8; i++)
            early.Add(await shop.Take(sale, $"early{i}@example.org", i % 2 == 0 ? shop.Client : shop.Other));
        early.ShouldAllBe(view => StateOf(view) == "registered" && view.GetProperty("ahead").ValueKind == JsonValueKind.Null);

        shop.Clock.Now = opensAt.AddSeconds(1);
        var late = await shop.Take(sale, "late@example.org");
        await Eventually.Passes(async () => (await shop.Sale(sale)).GetProperty("phase").GetString().ShouldBe("open"));

        // Two are let in, and a unit waits for each; the others hear what is before them.
        var views = await Looks(sale, early.ConvertAll(TicketOf), views => views.Count(view => StateOf(view) == "admitted") == 2);
        views = await Looks(sale, [.. views.Select(TicketOf)], _ => true); // the second may have been let in between two looks
        var admitted = views.Where(view => StateOf(view) == "admitted").ToList();
        admitted.ShouldAllBe(view => Open(view).AdmittedUntil > shop.Clock.Now);
        var waiting = views.Where(view => StateOf(view) == "waiting").ToList();
        waiting.Select(view => view.GetProperty("ahead").GetInt32()).Order().ShouldBe([0, 1, 2, 3, 4, 5]);
        StateOf(await shop.Look(sale, TicketOf(late))).ShouldBe("waiting");
        (await shop.Look(sale, TicketOf(late))).GetProperty("ahead").GetInt32().ShouldBe(6);

        // One buys, one lets the time pass: the unit goes to who is next, and to nobody else.
        await shop.Tell(sale, available: 1, reserved: 1, used: Open(admitted[0]).Id);
        // Not by looking at the ticket: each look moves the clock, and with it the end of the other's turn.
        await Eventually.Passes(async () => (await shop.Sale(sale)).GetProperty("unitsLeft").GetInt32().ShouldBe(1));
        StateOf(await shop.Look(sale, TicketOf(admitted[0]))).ShouldBe("used");
        var next = TicketOf(waiting.Single(view => view.GetProperty("ahead").GetInt32() == 0));
        for (var i = 0; i < 8; i++)
        {
            StateOf(await shop.Look(sale, next)).ShouldBe("waiting");
            shop.Clock.Advance(TimeSpan.FromSeconds(9)); // not so long that the line would take it for a silence
            await Turned(sale);
        }

        await Looks(sale, waiting.ConvertAll(TicketOf), _ => true);
        await Eventually.Passes(async () =>
        {
            shop.Clock.Advance(TimeSpan.FromSeconds(8));
            await Turned(sale);
            StateOf(await shop.Look(sale, next)).ShouldBe("admitted");
        });
        StateOf(await shop.Look(sale, TicketOf(admitted[1]))).ShouldBe("lapsed");

        // All is paid for: everybody hears it, and the store shows its cards.
        await shop.Tell(sale, available: 0, reserved: 0, sold: 2, used: Open(await shop.Look(sale, next)).Id);
        await Eventually.Passes(async () => (await shop.Sale(sale)).GetProperty("phase").GetString().ShouldBe("sold-out"));
        var last = await shop.Look(sale, TicketOf(late));
        (StateOf(last), last.GetProperty("final").GetBoolean(), last.GetProperty("chance").GetString()).ShouldBe(("sold-out", true, "none"));

        var fairness = (await shop.Sale(sale)).GetProperty("fairness");
        Draw.Commitment(Convert.FromHexString(fairness.GetProperty("seed").GetString()!)).ShouldBe(commitment);
        (await shop.Lists.First(list => list.SaleId == sale)).Tickets.Sha256.ShouldBe(fairness.GetProperty("listHash").GetString());
        var record = (await shop.Client.GetFromJsonAsync<SaleRecord>($"/api/sales/{sale}/record"))!;
        QueueProof.Of(record).Differences.ShouldBeEmpty();
        record.List.Count.ShouldBe(8);
    }

    [Fact]
    public async Task Gives_a_mailbox_one_place_however_it_is_spelled_and_wherever_it_asks()
    {
        var sale = await shop.ASale(units: 1, shop.Clock.Now.AddHours(1));

        var first = Open(await shop.Take(sale, "ada.lovelace@gmail.com"));
        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            shop.Take(sale, i % 2 == 0 ? "Ada.Lovelace+sale@GMail.com" : "adalovelace@googlemail.com", i % 3 == 0 ? shop.Other : shop.Client)));

        others.ShouldAllBe(view => Open(view).Id == first.Id);
        (await shop.Sale(sale)).GetProperty("waiting").GetInt32().ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Gives_one_network_many_places_at_once_and_the_others_one_by_one()
    {
        var sale = await shop.ASale(units: 1, shop.Clock.Now.AddHours(1));
        for (var i = 0; i < 30; i++)
            await shop.Take(sale, $"office{i}@example.org", i % 2 == 0 ? shop.Client : shop.Other);

        using var refused = await shop.Client.PostAsJsonAsync($"/api/sales/{sale}/tickets", new { email = "onemore@example.org" });
        ((int)refused.StatusCode).ShouldBe(429);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        StateOf(await shop.Take(sale, "office7@example.org")).ShouldBe("registered"); // who has a place is always heard

        shop.Clock.Advance(TimeSpan.FromSeconds(21));
        StateOf(await shop.Take(sale, "onemore@example.org")).ShouldBe("registered");
        await Refused(await shop.Other.PostAsJsonAsync($"/api/sales/{sale}/tickets", new { email = "another@example.org" }), 429, "too-many-places");
    }

    [Fact]
    public async Task Refuses_what_is_no_request_of_ours()
    {
        var sale = await shop.ASale(units: 1, shop.Clock.Now.AddHours(1));
        var another = await shop.ASale(units: 1, shop.Clock.Now.AddHours(1));
        var ticket = TicketOf(await shop.Take(sale, "someone@example.org"));

        (await shop.Client.GetAsync($"/api/sales/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Client.GetAsync("/api/sales/x")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Refused(await shop.Client.PostAsJsonAsync($"/api/sales/{sale}/tickets", new { email = "nobody" }), 400, "malformed-request");
        await Refused(await shop.Client.PostAsJsonAsync($"/api/sales/{sale}/tickets", new { email = new string('a', 250) + "@b.de" }), 400, "malformed-request");
        await Refused(await shop.Client.PostAsJsonAsync($"/api/sales/{sale}/tickets", new { mail = "a@example.org" }), 400, "malformed-request");
        await Refused(await shop.Ask(sale, "x"), 400, "invalid-ticket");
        await Refused(await shop.Ask(another, ticket), 400, "invalid-ticket");
        await Refused(await shop.Client.GetAsync($"/api/sales/{sale}/ticket"), 400, "invalid-ticket");
        await Refused(await shop.Client.GetAsync($"/api/sales/{sale}/record"), 409, "sale-not-closed");
        (await shop.Look(sale, ticket)).GetProperty("final").GetBoolean().ShouldBeFalse();
        await Refused(await shop.Ask(sale, ticket), 429, "too-soon");
    }

    [Fact]
    public async Task Shows_everything_in_one_call_to_who_has_a_ticket()
    {
        var sale = await shop.ASale(units: 1, shop.Clock.Now.AddHours(1));
        var another = await shop.ASale(units: 1, shop.Clock.Now.AddHours(1));
        var ticket = TicketOf(await shop.Take(sale, "curious@example.org"));
        (await shop.Sale(sale)).GetProperty("ticket").ValueKind.ShouldBe(JsonValueKind.Null);

        shop.Clock.Advance(TimeSpan.FromMilliseconds(300));
        using var answer = await See(sale, ticket);
        (answer.Headers.CacheControl!.NoStore, answer.Headers.Vary.ToString()).ShouldBe((true, TicketSeal.Header));
        var seen = await answer.Content.ReadFromJsonAsync<JsonElement>();
        (seen.GetProperty("phase").GetString(), StateOf(seen.GetProperty("ticket"))).ShouldBe(("upcoming", "registered"));
        Open(seen.GetProperty("ticket")).Id.ShouldBe(new TicketSeal(TestKeys.Tickets).Open(ticket)!.Id);
        var pause = seen.GetProperty("ticket").GetProperty("pollAfterSeconds").GetInt32();
        (seen.GetProperty("pollAfterSeconds").GetInt32(), answer.Headers.GetValues("Poll-After").Single()).ShouldBe((pause, $"{pause}"));

        // To ask here is to ask.
        await Refused(await shop.Ask(sale, ticket), 429, "too-soon");
        await Refused(await See(sale, ticket), 429, "too-soon");
        await Refused(await See(another, ticket), 400, "invalid-ticket");
        await Refused(await See(sale, "x"), 400, "invalid-ticket");
    }

    // An answer is held for twenty seconds at most. A machine that stood still for so long has told nobody anything, and tries again.
    [Fact]
    public Task Tells_who_waits_at_once_when_the_turn_has_come_at_whatever_gateway() => Eventually.Passes(async () =>
    {
        var opensAt = shop.Clock.Now.AddSeconds(5);
        var sale = await shop.ASale(units: 1, opensAt);
        var ticket = TicketOf(await shop.Take(sale, "patient@example.org"));

        var began = TimeProvider.System.GetTimestamp();
        var held = shop.Look(sale, ticket, wait: 20, at: shop.Other);
        shop.Clock.Now = opensAt.AddSeconds(1);

        StateOf(await held).ShouldBe("admitted");
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(19));
    });

    [Fact]
    public async Task Gives_more_time_to_who_asks_for_it_before_it_is_over_as_often_as_its_rules_say()
    {
        var opensAt = shop.Clock.Now.AddSeconds(5);
        var closesAt = opensAt.AddSeconds(200);
        var rules = new WaitingRoomRules(AdmissionSeconds: 60, Extensions: 2, ExtensionSeconds: 60);
        var (sale, brief) = (await shop.ASale(1, opensAt, rules), await shop.ASale(1, opensAt, rules, closesAt));
        var (first, second) = (TicketOf(await shop.Take(sale, "slow@example.org")), TicketOf(await shop.Take(sale, "behind@example.org")));
        var hasty = TicketOf(await shop.Take(brief, "hasty@example.org"));
        await Refused(await shop.AskForMoreTime(sale, first), 409, "not-admitted");
        await Refused(await shop.AskForMoreTime(sale, hasty), 400, "invalid-ticket");

        shop.Clock.Now = opensAt.AddSeconds(1);
        var views = await Looks(sale, [first, second], views => views.Any(view => StateOf(view) == "admitted"));
        var (turn, behind) = StateOf(views[0]) == "admitted" ? (views[0], views[1]) : (views[1], views[0]);
        turn.GetProperty("extensionsLeft").GetInt32().ShouldBe(2);
        behind.GetProperty("extensionsLeft").ValueKind.ShouldBe(JsonValueKind.Null);
        await Refused(await shop.AskForMoreTime(sale, TicketOf(behind)), 409, "not-admitted");

        // A double click at two gateways is one question; the next is about the end that it gave.
        var until = Open(turn).AdmittedUntil!.Value;
        var twice = await Task.WhenAll(shop.AskForMoreTime(sale, TicketOf(turn)), shop.AskForMoreTime(sale, TicketOf(turn), shop.Other));
        foreach (var answer in twice)
        {
            turn = await Read(answer);
            (Open(turn).AdmittedUntil, turn.GetProperty("extensionsLeft").GetInt32()).ShouldBe((until.AddSeconds(60), 1));
        }

        shop.Clock.Advance(TimeSpan.FromSeconds(61));
        StateOf(await shop.Look(sale, TicketOf(turn))).ShouldBe("admitted");
        turn = await Read(await shop.AskForMoreTime(sale, TicketOf(turn)));
        Open(turn).AdmittedUntil.ShouldBe(until.AddSeconds(120));
        await Refused(await shop.AskForMoreTime(sale, TicketOf(turn)), 409, "no-more-time");

        // Nothing goes beyond the end of the sale: neither a turn nor what it is given.
        await Eventually.Passes(async () =>
        {
            var state = StateOf(await shop.Look(brief, hasty));
            // The line keeps up with the clock, which else could be at that end before the line has looked.
            shop.Clock.Advance(TimeSpan.FromSeconds(2));
            await Turned(brief);
            state.ShouldBe("admitted");
        });
        var last = await shop.Look(brief, hasty);
        (await Read(await shop.AskForMoreTime(brief, TicketOf(last)))).GetProperty("admittedUntil").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(closesAt);

        shop.Clock.Now = until.AddSeconds(121);
        StateOf(await shop.Look(sale, TicketOf(turn))).ShouldBe("lapsed");
        await Refused(await shop.AskForMoreTime(sale, TicketOf(turn)), 409, "not-admitted");
    }

    [Fact]
    public async Task Is_made_again_from_its_tickets_when_everything_is_lost()
    {
        var opensAt = shop.Clock.Now.AddSeconds(20);
        var sale = await shop.ASale(units: 1, opensAt);
        var tickets = new List<string>();
        for (var i = 0; i < 6; i++)
            tickets.Add(TicketOf(await shop.Take(sale, $"kept{i}@example.org")));

        shop.Clock.Now = opensAt.AddSeconds(1);
        var views = await Looks(sale, tickets, views => views.Count(view => StateOf(view) == "admitted") == 1);
        views = await Looks(sale, [.. views.Select(TicketOf)], _ => true);
        var order = Order(tickets, views);

        await shop.LoseEverything();
        await Eventually.Passes(async () => (await shop.Sale(sale)).GetProperty("fairness").GetProperty("lostAt").ValueKind.ShouldBe(JsonValueKind.String));
        await shop.Tell(sale, available: 1);

        // Everybody stands where they stood, and who was let in still is.
        await Eventually.Passes(async () =>
        {
            var again = await Looks(sale, [.. views.Select(TicketOf)], _ => true);
            Order(tickets, again).ShouldBe(order);
        });

        static List<string> Order(List<string> tickets, IReadOnlyList<JsonElement> views) =>
        [
            .. tickets.Zip(views).OrderBy(row => StateOf(row.Second) == "admitted" ? -1 : row.Second.GetProperty("ahead").GetInt32()).Select(row => row.First),
        ];
    }

    async Task<IReadOnlyList<JsonElement>> Looks(Guid sale, IReadOnlyList<string> tickets, Func<IReadOnlyList<JsonElement>, bool> until) =>
        await Eventually.Passes(async () =>
        {
            var views = new List<JsonElement>();
            foreach (var ticket in tickets)
                views.Add(await shop.Look(sale, ticket));
            await Turned(sale);
            until(views).ShouldBeTrue(string.Join(", ", views.Select(StateOf)));
            return views;
        });

    // The ushers look every tenth of a second; a clock that is set meanwhile must not seem to have stood still.
    async Task Turned(Guid sale)
    {
        var now = shop.Clock.Now;
        await Eventually.Passes(async () => (await shop.Reckoned(sale)).ShouldBeGreaterThan(now.AddSeconds(-1)));
    }

    static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        answer.Dispose();
        return JsonDocument.Parse(text).RootElement;
    }

    async Task<HttpResponseMessage> See(Guid sale, string ticket)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sales/{sale}");
        request.Headers.Add(TicketSeal.Header, ticket);
        return await shop.Client.SendAsync(request);
    }

    static async Task Refused(HttpResponseMessage answer, int status, string code)
    {
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
        answer.Dispose();
    }
}
