using System.Text;
using MiStore.Checkout.Payments;

namespace MiStore.PaymentSandbox.Tests;

public sealed class When_payments_are_reported(Sandbox sandbox) : IClassFixture<Sandbox>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tok_ok", PaymentWebhook.Succeeded, PaymentState.Succeeded, null)]
    [InlineData("tok_insufficient_funds", PaymentWebhook.Failed, PaymentState.Declined, "insufficient_funds")]
    public async Task The_webhook_says_what_the_answer_said(string token, string type, PaymentState state, string? reason)
    {
        var charge = Sandbox.ACharge(token);

        var outcome = await sandbox.Payments.Charge(charge, Cancellation);

        await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Count == 1);
        var news = sandbox.Merchant.About(charge.OrderId).Single();
        news.Type.ShouldBe(type);
        news.Outcome.ShouldBe(new PaymentOutcome(outcome.PaymentId, state, reason));
        news.Refunded.ShouldBeNull();
    }

    [Fact]
    public async Task Every_webhook_is_signed_and_a_changed_one_is_not()
    {
        await sandbox.Payments.Charge(Sandbox.ACharge("tok_ok"), Cancellation);
        await Eventually.True(() => sandbox.Merchant.Heard.Count > 0);
        var webhook = sandbox.Merchant.Heard[0];
        var now = sandbox.Clock.Now;

        StripeSignature.IsValid(webhook.Body, webhook.Signature, TestKeys.Webhooks, now).ShouldBeTrue();
        StripeSignature.IsValid([.. webhook.Body, (byte)' '], webhook.Signature, TestKeys.Webhooks, now).ShouldBeFalse();
        StripeSignature.IsValid(webhook.Body, webhook.Signature, "another secret", now).ShouldBeFalse();
        StripeSignature.IsValid(webhook.Body, webhook.Signature, TestKeys.Webhooks, now.AddMinutes(6)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_duplicate_keeps_its_id()
    {
        var charge = Sandbox.ACharge("tok_duplicate");

        await sandbox.Payments.Charge(charge, Cancellation);

        await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Count == 2);
        sandbox.Merchant.About(charge.OrderId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task The_webhook_may_come_before_the_answer()
    {
        var charge = Sandbox.ACharge("tok_before");

        await sandbox.Payments.Charge(charge, Cancellation);

        // No waiting: it was there before, and it does not come again.
        sandbox.Merchant.About(charge.OrderId).Count.ShouldBe(1);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var next = Sandbox.ACharge("tok_ok");
        await sandbox.Payments.Charge(next, Cancellation);
        await Eventually.True(() => sandbox.Merchant.About(next.OrderId).Count == 1);
        sandbox.Merchant.About(charge.OrderId).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_old_failure_may_come_after_the_success()
    {
        var charge = Sandbox.ACharge("tok_order");

        await sandbox.Payments.Charge(charge, Cancellation);
        await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Count == 1);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Count == 2);

        sandbox.Merchant.About(charge.OrderId).ConvertAll(news => news.Type).ShouldBe([PaymentWebhook.Succeeded, PaymentWebhook.Failed]);
    }

    [Fact]
    public async Task A_merchant_who_refuses_is_told_again()
    {
        var charge = Sandbox.ACharge("tok_ok");
        sandbox.Merchant.Refuse(charge.OrderId, times: 2);

        await sandbox.Payments.Charge(charge, Cancellation);

        // Time does not pass by itself here, and the next attempt waits for it.
        await Eventually.True(() =>
        {
            sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
            return sandbox.Merchant.About(charge.OrderId).Count >= 3;
        });
        sandbox.Merchant.About(charge.OrderId).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=1433116800")]
    [InlineData("v1=00")]
    [InlineData("t=x,v1=00")]
    [InlineData("t=99999999999999999999,v1=00")]
    [InlineData("t=1433116800,v0=5257a869e7")]
    public void A_header_that_is_no_signature_is_not_valid(string header) =>
        StripeSignature.IsValid("{}"u8, header, "secret", DateTimeOffset.FromUnixTimeSeconds(1433116800)).ShouldBeFalse();

    [Fact]
    public void While_a_secret_is_replaced_one_of_two_signatures_is_enough()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1433116800);
        var ours = StripeSignature.Sign("{}"u8, "secret", now);

        StripeSignature.IsValid("{}"u8, ours.Replace(",v1=", ",v1=00ff,v1="), "secret", now).ShouldBeTrue();
        StripeSignature.IsValid("{}"u8, ours, "secret", now.AddMinutes(-4)).ShouldBeTrue();
        StripeSignature.IsValid("{}"u8, null, "secret", now).ShouldBeFalse();
    }

    [Fact]
    public void News_of_other_things_is_nothing_to_us()
    {
        PaymentWebhook.Parse("""{"id":"evt_1","type":"customer.created","data":{"object":{"id":"cus_1"}}}"""u8).ShouldBeNull();
        PaymentWebhook.Parse("""{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","metadata":{}}}}"""u8).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded"}""")]
    public void What_is_no_event_is_said_to_be_none(string body) =>
        Should.Throw<System.Text.Json.JsonException>(() => PaymentWebhook.Parse(Encoding.UTF8.GetBytes(body)));
}
