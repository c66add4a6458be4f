using MiStore.Drills.Books;
using MiStore.Drills.Selling;

namespace MiStore.Drills.Tests;

public sealed class What_a_verdict_sees
{
    const long Price = 1_999;

    static readonly Guid First = Guid.CreateVersion7(), Second = Guid.CreateVersion7();

    // Two units, two buyers, two orders, two charges: everything as it should be.
    readonly FourBooks clean = new(
        2,
        [Acknowledged("a@drill.example", First), Acknowledged("b@drill.example", Second)],
        [],
        [Order(First, "a@drill.example"), Order(Second, "b@drill.example")],
        2,
        [Captured("pi_1", First), Captured("pi_2", Second)],
        [],
        new AuditAnswer(true, []));

    [Fact]
    public void Nothing_where_the_books_agree() => Found(clean).ShouldBeEmpty();

    [Fact]
    public void One_unit_too_many() => Found(clean with { Released = 1 }).ShouldBe([Verdict.Oversold]);

    [Fact]
    public void An_acknowledged_order_that_is_gone() =>
        Found(clean with { Orders = [clean.Orders[0]], Payments = [clean.Payments[0]] }).ShouldBe([Verdict.Lost]);

    [Fact]
    public void An_acknowledged_order_at_another_price() =>
        Found(clean with { Orders = [clean.Orders[0] with { Total = Price + 1 }, clean.Orders[1]] })
            .ShouldBe([Verdict.Lost, Verdict.OrdersWithoutCharge]);

    [Fact]
    public void Two_orders_of_one_attempt()
    {
        var again = Guid.CreateVersion7();
        Found(clean with
        {
            Released = 3, EntriesHeld = 3,
            Orders = [.. clean.Orders, Order(again, "a@drill.example")], Payments = [.. clean.Payments, Captured("pi_3", again)],
        }).ShouldBe([Verdict.DoubleOrders]);
    }

    [Fact]
    public void An_order_of_somebody_who_was_refused()
    {
        var refused = new Attempt("k", "b@drill.example", "tok_ok") { Ending = Ending.Refused, Code = "sold-out" };
        Found(clean with { Clients = [clean.Clients[0], refused] }).ShouldBe([Verdict.Phantoms]);
    }

    [Fact]
    public void A_second_charge_even_when_it_was_given_back() =>
        Found(clean with { Payments = [.. clean.Payments, Captured("pi_3", First) with { Refunded = Price }] }).ShouldBe([Verdict.DoubleCharges]);

    [Fact]
    public void A_charge_for_an_order_that_came_to_nothing() =>
        Found(clean with { Orders = [clean.Orders[0], clean.Orders[1] with { Status = "expired" }] }).ShouldBe([Verdict.ChargesWithoutOrder]);

    [Fact]
    public void No_charge_that_was_given_back() =>
        Found(clean with
        {
            Orders = [clean.Orders[0], clean.Orders[1] with { Status = "refunded", Funds = "refunded" }],
            Payments = [clean.Payments[0], clean.Payments[1] with { Refunded = Price }],
            EntriesHeld = 1,
        }).ShouldBeEmpty();

    [Fact]
    public void A_paid_order_that_nobody_paid() =>
        Found(clean with { Payments = [clean.Payments[0]] }).ShouldBe([Verdict.OrdersWithoutCharge]);

    [Fact]
    public void A_client_without_an_answer() =>
        Found(clean with { Clients = [.. clean.Clients, new Attempt("k", "c@drill.example", "tok_ok")] }).ShouldBe([Verdict.Unresolved]);

    [Fact]
    public void An_answer_500_but_not_an_honest_503() =>
        Found(clean with { Troubles = [new(default, 500, "internal-error"), new(default, 503, "service-unavailable"), new(default, 0, null)] })
            .ShouldBe([Verdict.Faults]);

    static IEnumerable<string> Found(FourBooks books) => Verdict.Of(books).Where(finding => !finding.IsGood).Select(finding => finding.Name);

    static Attempt Acknowledged(string email, Guid order) =>
        new("key of " + email, email, "tok_ok") { Ending = Ending.Acknowledged, OrderId = order, Total = Price };

    static LedgerOrder Order(Guid id, string email) => new(id, email, "paid", "captured", Price, 1);

    static Payment Captured(string id, Guid order) => new(id, order, Price, 0);
}
