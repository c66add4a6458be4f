using MiStore.Checkout.Payments;
using MiStore.PaymentSandbox.Http;
using MiStore.PaymentSandbox.Payments;
using Npgsql;
using Answer = MiStore.PaymentSandbox.Http.Answer;

namespace MiStore.PaymentSandbox.Tests;

/// <summary>Charges that come while another is being written are written together; nobody may notice.</summary>
public sealed class When_many_charge_at_once(Sandbox sandbox) : IClassFixture<Sandbox>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_charged_once_and_reported_once_also_where_some_of_them_are_the_same()
    {
        var charges = Enumerable.Range(0, 100).Select(i => Sandbox.ACharge(i % 10 == 0 ? "tok_declined" : "tok_ok", cents: 100 + i)).ToList();

        var asked = await Task.WhenAll(charges.Concat(charges).Select(async charge => (charge.OrderId, Outcome: await sandbox.Payments.Charge(charge, Cancellation))));

        foreach (var charge in charges)
        {
            var outcome = asked.Where(it => it.OrderId == charge.OrderId).Select(it => it.Outcome).Distinct().ShouldHaveSingleItem();
            var isDeclined = charge.PaymentMethod == "tok_declined";
            outcome.State.ShouldBe(isDeclined ? PaymentState.Declined : PaymentState.Succeeded);
            (await sandbox.Book(charge.OrderId)).ShouldBe([(isDeclined ? 0 : charge.Amount.Amount, 0)]);
            await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Count == 1);
        }
    }

    [Fact]
    public async Task What_the_database_refuses_fails_alone()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Open(currency: i % 20 == 7 ? "no currency" : "eur")));

        opened.Count(isOpen => isOpen).ShouldBe(57);
    }

    // As no request could: those are looked at before.
    async Task<bool> Open(string currency)
    {
        var now = sandbox.Clock.GetUtcNow();
        var payment = new Payment(
            "pi_" + Guid.CreateVersion7(), 100, currency, null, null, [], PaymentStatus.RequiresPaymentMethod, null, null, 0, now, null);
        try
        {
            await sandbox.PaymentBook.Open(new RequestKey(payment.Id, [1]), payment, new Answer(200, "{}"), now, [], now, Cancellation);
            return true;
        }
        catch (PostgresException)
        {
            return false;
        }
    }
}
