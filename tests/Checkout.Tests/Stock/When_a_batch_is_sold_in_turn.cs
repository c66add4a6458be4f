using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Checkout.Orders;
using MiStore.Contracts.Sales;
using static MiStore.Checkout.Tests.AnOrder;
using static MiStore.Checkout.Tests.CheckoutShop;

namespace MiStore.Checkout.Tests.Stock;

public sealed class When_a_batch_is_sold_in_turn(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    static readonly TicketSeal Seal = new(TestKeys.Tickets);

    [Fact]
    public async Task A_ticket_of_somebody_who_is_admitted_buys_once()
    {
        var (sku, sale) = await ASale(units: 10);
        var ticket = Seal.Seal(Admitted(sale, "ada"));

        var order = await shop.PlaceWell(shop.Body(sku, customer: "ada"), ticket: ticket);
        (await Refused(sku, "ada", ticket)).ShouldBe((HttpStatusCode.Conflict, "ticket-used"));

        await shop.Becomes(order, "paid");
        (await shop.Stock(sku)).ShouldBe((9, 0, 1));
        await shop.BooksBalance();
    }

    [Fact]
    public async Task Fifty_orders_at_once_with_one_ticket_are_one_order()
    {
        var (sku, sale) = await ASale(units: 50);
        var ticket = Seal.Seal(Admitted(sale, "greedy"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.Place(shop.Body(sku, customer: "greedy"), ticket: ticket)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            (await CodeOf(refused)).ShouldBe("ticket-used");
    }

    [Fact]
    public async Task The_same_request_gets_its_order_even_after_its_ticket_has_run_out()
    {
        var (sku, sale) = await ASale(units: 1);
        var body = shop.Body(sku, customer: "late");
        var ticket = Seal.Seal(Admitted(sale, "late", minutes: 1));
        var first = await shop.PlaceWell(body, key: sku, ticket: ticket);

        shop.Clock.Advance(TimeSpan.FromMinutes(2));

        (await shop.PlaceWell(body, key: sku, ticket: ticket)).Id.ShouldBe(first.Id);
        (await Refused(sku, "late", ticket)).ShouldBe((HttpStatusCode.Conflict, "ticket-expired"));
    }

    [Fact]
    public async Task Nothing_else_opens_it()
    {
        var (sku, sale) = await ASale(units: 5);
        var (_, another) = await ASale(units: 5);

        (await Refused(sku, "ada", null)).ShouldBe((HttpStatusCode.Conflict, "ticket-required"));
        (await Refused(sku, "ada", Seal.Seal(Admitted(another, "ada")))).ShouldBe((HttpStatusCode.Conflict, "ticket-required"));
        (await Refused(sku, "ada", Seal.Seal(Admitted(sale, "ada") with { AdmittedUntil = null }))).ShouldBe((HttpStatusCode.Conflict, "not-admitted"));
        (await Refused(sku, "bob", Seal.Seal(Admitted(sale, "ada")))).ShouldBe((HttpStatusCode.Conflict, "not-your-ticket"));
        (await Refused(sku, "ada", new TicketSeal("another key").Seal(Admitted(sale, "ada")))).ShouldBe((HttpStatusCode.BadRequest, "invalid-ticket"));
        (await Refused(sku, "ada", "x")).ShouldBe((HttpStatusCode.BadRequest, "invalid-ticket"));
        (await shop.Stock(sku)).ShouldBe((5, 0, 0));
    }

    [Fact]
    public async Task The_waiting_room_hears_of_every_unit_and_of_every_ticket()
    {
        var (sku, sale) = await ASale(units: 2);
        var ticket = Admitted(sale, "heard");
        var order = await shop.PlaceWell(shop.Body(sku, customer: "heard"), ticket: Seal.Seal(ticket));
        await shop.Becomes(order, "paid");

        await shop.Sales.First(progress => progress.SaleId == sale && progress.Sold == 1);
        await Eventually.Passes(() =>
        {
            var news = shop.Sales.Messages.Where(progress => progress.SaleId == sale).OrderBy(progress => progress.Version).ToList();
            news.Select(progress => (progress.Available, progress.Reserved, progress.Sold)).Distinct().ShouldBe([(2, 0, 0), (1, 1, 0), (1, 0, 1)]);
            news.SelectMany(progress => progress.UsedTickets).ShouldBe([ticket.Id]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task The_first_list_of_a_draw_is_kept_and_told_to_everybody()
    {
        var (sku, sale) = await ASale(units: 2);
        var list = new TicketList(new string('a', 64), 7, shop.Clock.Now);

        await shop.Tell(new TicketListClosed(sale, list));
        await shop.Availability.First(news => news.Sku == sku && news.Batches[0].WaitingRoom?.Tickets is not null);
        Told(sku)!.Sha256.ShouldBe(list.Sha256);
        await shop.Tell(new TicketListClosed(sale, list with { Sha256 = new string('b', 64) }));

        await shop.Availability.First(_ => shop.Availability.Messages.Where(news => news.Sku == sku).DistinctBy(news => news.Version).Count() == 3);
        Told(sku)!.Sha256.ShouldBe(list.Sha256);
    }

    [Fact]
    public async Task An_operator_sees_its_rules_and_may_not_set_absurd_ones()
    {
        var (sku, _) = await ASale(units: 2);
        var batches = (await shop.Admin.GetFromJsonAsync<JsonElement>("/api/admin/batches")).GetProperty("batches").EnumerateArray();
        var rules = batches.Single(batch => batch.GetProperty("sku").GetString() == sku).GetProperty("waitingRoom");
        (rules.GetProperty("unitsPerTicket").GetInt32(), rules.GetProperty("admissionSeconds").GetInt32()).ShouldBe((1, 300));

        var opensAt = shop.Clock.Now.AddHours(1);
        foreach (var absurd in new object[]
        {
            new { registrationUntil = opensAt.AddSeconds(1) }, new { unitsPerTicket = 0 }, new { admissionSeconds = 29 }, new { slack = -1 },
        })
            (await shop.Admin.PostAsJsonAsync("/api/admin/batches", new { market = "US", sku, quantity = 1, opensAt, waitingRoom = absurd }))
                .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void A_ticket_takes_from_its_own_sale_first_and_others_from_where_the_first_are_served()
    {
        var open = ABatch(units: 5, opensAt: Noon.AddHours(-2));
        var inTurn = ABatch(units: 5) with { WaitingRoom = new WaitingRoomRules() };
        var book = ABook(open, inTurn);

        book.Place(APlacement(customer: "crowd")).ShouldBeOfType<PlacementResult.Reserved>();
        book.Place(APlacement(customer: "ada") with { Ticket = Admitted(inTurn.Id, "ada") }).ShouldBeOfType<PlacementResult.Reserved>();

        book.Entries.Select(entry => entry.BatchId).ShouldBe([open.Id, inTurn.Id]);
        book.UsedTickets.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_ticket_buys_no_more_units_than_it_is_for()
    {
        var batch = ABatch(units: 5) with { WaitingRoom = new WaitingRoomRules(UnitsPerTicket: 2) };
        var book = ABook(batch);

        PlacementResult Want(int units) => book.Place(APlacement(units: units, customer: "c" + units) with { Ticket = Admitted(batch.Id, "c") });

        Want(3).ShouldBeOfType<PlacementResult.LimitExceeded>().Limit.ShouldBe(2);
        Want(2).ShouldBeOfType<PlacementResult.Reserved>();
    }

    async Task<(string Sku, Guid Sale)> ASale(int units)
    {
        var sku = await shop.OnSale(units, waitingRoom: new { });
        return (sku, await shop.SaleOf(sku));
    }

    Ticket Admitted(Guid sale, string customer, int minutes = 5) => new(
        Guid.NewGuid(), sale, Mailbox.KeyOf(customer + "@example.org")!, shop.Clock.Now.AddMinutes(-1), shop.Clock.Now.AddMinutes(minutes));

    async Task<(HttpStatusCode, string?)> Refused(string sku, string customer, string? ticket)
    {
        using var answer = await shop.Place(shop.Body(sku, customer: customer), ticket: ticket);
        return (answer.StatusCode, await CodeOf(answer));
    }

    TicketList? Told(string sku) => shop.Availability.Messages.Where(news => news.Sku == sku).MaxBy(news => news.Version)?.Batches[0].WaitingRoom?.Tickets;
}
