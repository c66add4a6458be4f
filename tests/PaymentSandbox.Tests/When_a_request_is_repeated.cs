using MiStore.Checkout.Payments;

namespace MiStore.PaymentSandbox.Tests;

public sealed class When_a_request_is_repeated(Sandbox sandbox) : IClassFixture<Sandbox>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tok_ok")]
    [InlineData("tok_declined")]
    public async Task Fifty_equal_charges_at_once_are_one_charge_with_equal_answers(string token)
    {
        var charge = Sandbox.ACharge(token);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => sandbox.Payments.Charge(charge, Cancellation)));

        outcomes.Distinct().Count().ShouldBe(1);
        (await sandbox.Book(charge.OrderId)).Count.ShouldBe(1);
        await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Count == 1);
    }

    [Fact]
    public async Task The_first_answer_is_repeated_word_for_word_and_marked()
    {
        var key = Guid.NewGuid().ToString();
        (string, string)[] form = [("amount", "500"), ("currency", "eur"), ("payment_method", "tok_ok"), ("confirm", "true")];

        var (first, said) = await sandbox.Post("/v1/payment_intents", key, form);
        await sandbox.Post("/v1/refunds", null, ("payment_intent", said.GetProperty("id").GetString()!));
        // In another order they are the same parameters.
        var (again, repeated) = await sandbox.Post("/v1/payment_intents", key, [.. form.Reverse()]);

        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        repeated.GetRawText().ShouldBe(said.GetRawText());
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused_and_says_nothing_about_the_money()
    {
        var charge = Sandbox.ACharge("tok_ok");
        await sandbox.Payments.Charge(charge, Cancellation);

        var (response, body) = await sandbox.Post("/v1/payment_intents", charge.IdempotencyKey, ("amount", "1"), ("currency", "eur"));
        ((int)response.StatusCode).ShouldBe(400);
        body.GetProperty("error").GetProperty("type").GetString().ShouldBe("idempotency_error");

        // A refusal would read as "no money moved", and it has.
        await Should.ThrowAsync<PaymentOutcomeUnknown>(
            () => sandbox.Payments.Charge(charge with { Amount = charge.Amount + charge.Amount }, Cancellation));
        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 0)]);
    }

    [Fact]
    public async Task A_key_used_for_a_charge_refunds_nothing()
    {
        var charge = Sandbox.ACharge("tok_ok");
        var paid = await sandbox.Payments.Charge(charge, Cancellation);

        await Should.ThrowAsync<PaymentOutcomeUnknown>(
            () => sandbox.Payments.Refund(paid.PaymentId!, charge.Amount, charge.IdempotencyKey, Cancellation));

        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 0)]);
    }

    [Fact]
    public async Task A_refused_request_frees_its_key()
    {
        var key = Guid.NewGuid().ToString();

        var (refused, _) = await sandbox.Post("/v1/payment_intents", key, ("amount", "500"));
        var (opened, _) = await sandbox.Post("/v1/payment_intents", key, ("amount", "500"), ("currency", "eur"));

        ((int)refused.StatusCode).ShouldBe(400);
        ((int)opened.StatusCode).ShouldBe(200);
    }
}
