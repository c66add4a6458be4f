using MiStore.Checkout.Payments;

namespace MiStore.PaymentSandbox.Tests;

public sealed class When_a_card_is_charged(Sandbox sandbox) : IClassFixture<Sandbox>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tok_ok")]
    [InlineData("pm_card_visa")]
    [InlineData("tok_duplicate")]
    [InlineData("tok_before")]
    [InlineData("tok_order")]
    public async Task A_good_card_pays_once(string token)
    {
        var charge = Sandbox.ACharge(token);

        var outcome = await sandbox.Payments.Charge(charge, Cancellation);

        outcome.State.ShouldBe(PaymentState.Succeeded);
        outcome.Reason.ShouldBeNull();
        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 0)]);
    }

    [Theory]
    [InlineData("tok_declined", "generic_decline")]
    [InlineData("pm_card_chargeDeclined", "generic_decline")]
    [InlineData("tok_insufficient_funds", "insufficient_funds")]
    public async Task A_bad_card_is_declined_with_the_bank_s_reason(string token, string reason)
    {
        var charge = Sandbox.ACharge(token);

        var outcome = await sandbox.Payments.Charge(charge, Cancellation);

        outcome.ShouldBe(new PaymentOutcome(outcome.PaymentId, PaymentState.Declined, reason));
        outcome.PaymentId.ShouldNotBeNull();
        (await sandbox.Book(charge.OrderId)).ShouldBe([(0, 0)]);
    }

    [Fact]
    public async Task A_card_that_does_not_exist_is_refused_and_leaves_no_trace()
    {
        var charge = Sandbox.ACharge("tok_nobody");

        var refusal = await Should.ThrowAsync<PaymentRequestRefused>(() => sandbox.Payments.Charge(charge, Cancellation));

        refusal.Status.ShouldBe(400);
        refusal.Code.ShouldBe("resource_missing");
        (await sandbox.Book(charge.OrderId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_is_found_by_its_id_and_an_unknown_one_is_not()
    {
        var paid = await sandbox.Payments.Charge(Sandbox.ACharge("tok_ok"), Cancellation);
        var declined = await sandbox.Payments.Charge(Sandbox.ACharge("tok_insufficient_funds"), Cancellation);

        (await sandbox.Payments.Find(paid.PaymentId!, Cancellation)).ShouldBe(paid);
        (await sandbox.Payments.Find(declined.PaymentId!, Cancellation)).ShouldBe(declined);
        (await sandbox.Payments.Find("pi_nobody", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_declined_payment_can_be_cancelled_and_a_paid_one_says_that_it_is_paid()
    {
        var declined = await sandbox.Payments.Charge(Sandbox.ACharge("tok_declined"), Cancellation);
        var paid = await sandbox.Payments.Charge(Sandbox.ACharge("tok_ok"), Cancellation);

        (await sandbox.Payments.Cancel(declined.PaymentId!, Cancellation)).State.ShouldBe(PaymentState.Cancelled);
        (await sandbox.Payments.Cancel(declined.PaymentId!, Cancellation)).State.ShouldBe(PaymentState.Cancelled);
        (await sandbox.Payments.Cancel(paid.PaymentId!, Cancellation)).State.ShouldBe(PaymentState.Succeeded);
    }

    [Fact]
    public async Task After_a_decline_another_card_pays_the_same_payment()
    {
        var (_, opened) = await sandbox.Post("/v1/payment_intents", null, ("amount", "999"), ("currency", "usd"));
        var confirm = $"/v1/payment_intents/{opened.GetProperty("id").GetString()}/confirm";

        var (declined, error) = await sandbox.Post(confirm, null, ("payment_method", "tok_declined"));
        var (paid, intent) = await sandbox.Post(confirm, null, ("payment_method", "tok_ok"));
        var (again, refusal) = await sandbox.Post(confirm, null, ("payment_method", "tok_ok"));

        opened.GetProperty("status").GetString().ShouldBe("requires_payment_method");
        ((int)declined.StatusCode).ShouldBe(402);
        error.GetProperty("error").GetProperty("payment_intent").GetProperty("status").GetString().ShouldBe("requires_payment_method");
        ((int)paid.StatusCode).ShouldBe(200);
        intent.GetProperty("status").GetString().ShouldBe("succeeded");
        intent.GetProperty("amount_received").GetInt64().ShouldBe(999);
        ((int)again.StatusCode).ShouldBe(400);
        refusal.GetProperty("error").GetProperty("code").GetString().ShouldBe("payment_intent_unexpected_state");
    }
}
