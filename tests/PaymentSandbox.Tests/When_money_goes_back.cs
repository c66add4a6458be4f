using MiStore.Checkout.Payments;
using MiStore.Contracts;

namespace MiStore.PaymentSandbox.Tests;

public sealed class When_money_goes_back(Sandbox sandbox) : IClassFixture<Sandbox>
{
    readonly Charge charge = Sandbox.ACharge("tok_ok");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refund_is_in_the_book_and_is_reported()
    {
        var paid = await sandbox.Payments.Charge(charge, Cancellation);

        var refund = await sandbox.Payments.Refund(paid.PaymentId!, new Money(499, "EUR"), NewKey(), Cancellation);

        refund.State.ShouldBe(RefundState.Succeeded);
        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 499)]);
        await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Any(
            news => news is { Type: PaymentWebhook.ChargeRefunded, Refunded: { Amount: 499, Currency: "EUR" } }
                && news.Outcome.PaymentId == paid.PaymentId));
    }

    [Fact]
    public async Task The_same_refund_twice_is_one_refund()
    {
        var paid = await sandbox.Payments.Charge(charge, Cancellation);
        var key = NewKey();

        var refunds = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => sandbox.Payments.Refund(paid.PaymentId!, new Money(100, "EUR"), key, Cancellation)));

        refunds.Distinct().Count().ShouldBe(1);
        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 100)]);
    }

    [Fact]
    public async Task Never_more_than_was_taken_however_many_ask_at_once()
    {
        var paid = await sandbox.Payments.Charge(charge, Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await sandbox.Payments.Refund(paid.PaymentId!, new Money(500, "EUR"), NewKey(), Cancellation);
            }
            catch (PaymentRequestRefused refusal)
            {
                refusal.Code.ShouldBe("amount_too_large");
            }
        }));

        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 1000)]);
    }

    [Fact]
    public async Task What_is_already_back_does_not_go_back_again()
    {
        var paid = await sandbox.Payments.Charge(charge, Cancellation);
        await sandbox.Payments.Refund(paid.PaymentId!, charge.Amount, NewKey(), Cancellation);

        var refund = await sandbox.Payments.Refund(paid.PaymentId!, charge.Amount, NewKey(), Cancellation);

        refund.ShouldBe(new RefundOutcome(null, RefundState.Failed, "charge_already_refunded"));
    }

    [Fact]
    public async Task A_payment_that_took_nothing_gives_nothing_back()
    {
        var declined = await sandbox.Payments.Charge(charge with { PaymentMethod = "tok_declined" }, Cancellation);

        await Should.ThrowAsync<PaymentRequestRefused>(
            () => sandbox.Payments.Refund(declined.PaymentId!, charge.Amount, NewKey(), Cancellation));
    }

    static string NewKey() => Guid.NewGuid().ToString();
}
