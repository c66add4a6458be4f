using Microsoft.Extensions.DependencyInjection;
using MiStore.Checkout.Payments;

namespace MiStore.PaymentSandbox.Tests;

public sealed class When_the_provider_is_silent(Sandbox sandbox) : IClassFixture<Sandbox>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timeout_is_unknown_until_the_provider_knows_and_then_it_is_one_charge()
    {
        var charge = Sandbox.ACharge("tok_timeout");

        // Who gives up after two seconds may not even have been heard yet: then he asks again, under the same key.
        await Eventually.Passes(async () =>
        {
            await Should.ThrowAsync<PaymentOutcomeUnknown>(() => sandbox.Impatient.Charge(charge, Cancellation));
            (await sandbox.Book(charge.OrderId)).ShouldBe([(0, 0)]);
        });

        // Its request still runs: asking again is answered with 409.
        await Should.ThrowAsync<PaymentOutcomeUnknown>(() => sandbox.Impatient.Charge(charge, Cancellation));

        sandbox.Clock.Advance(TimeSpan.FromSeconds(3));
        (await sandbox.Payments.Charge(charge, Cancellation)).State.ShouldBe(PaymentState.Succeeded);
        sandbox.Merchant.About(charge.OrderId).ShouldBeEmpty();

        sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Count == 1);
        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 0)]);
    }

    [Fact]
    public async Task A_late_payment_is_processing_for_eleven_minutes_and_then_succeeds()
    {
        var charge = Sandbox.ACharge("tok_late");

        // Nobody is answered. Who asked gives up once he has been heard, and not before.
        using var impatience = new CancellationTokenSource();
        var unanswered = sandbox.Payments.Charge(charge, impatience.Token);
        await Eventually.True(async () => (await sandbox.Book(charge.OrderId)).Count == 1);
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => unanswered);
        var processing = await sandbox.Payments.Charge(charge, Cancellation);
        processing.State.ShouldBe(PaymentState.Processing);
        (await sandbox.Payments.Cancel(processing.PaymentId!, Cancellation)).State.ShouldBe(PaymentState.Processing);

        sandbox.Clock.Advance(TimeSpan.FromSeconds(659));
        (await sandbox.Payments.Charge(charge, Cancellation)).State.ShouldBe(PaymentState.Processing);
        sandbox.Merchant.About(charge.OrderId).ShouldBeEmpty();

        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        // The key still hears its first answer; our client looks further.
        (await sandbox.Payments.Charge(charge, Cancellation)).State.ShouldBe(PaymentState.Succeeded);
        (await sandbox.Payments.Find(processing.PaymentId!, Cancellation))!.State.ShouldBe(PaymentState.Succeeded);
        await Eventually.True(() => sandbox.Merchant.About(charge.OrderId).Count == 1);
        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 0)]);
    }

    [Fact]
    public async Task A_500_after_the_money_was_taken_is_cleared_up_by_asking_again()
    {
        var charge = Sandbox.ACharge("tok_fail_after");

        await Should.ThrowAsync<PaymentOutcomeUnknown>(() => sandbox.Payments.Charge(charge, Cancellation));
        var outcome = await sandbox.Payments.Charge(charge, Cancellation);

        outcome.State.ShouldBe(PaymentState.Succeeded);
        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 0)]);
    }

    [Fact]
    public async Task A_slow_answer_comes_when_it_comes()
    {
        var charge = Sandbox.ACharge("tok_slow");
        using var patient = Sandbox.CheckoutClient(sandbox.Http.BaseAddress!, timeoutSeconds: 20);

        var slow = patient.GetRequiredService<IPaymentProvider>().Charge(charge, Cancellation);
        await Eventually.True(async () => (await sandbox.Book(charge.OrderId)).Count == 1);
        await Should.ThrowAsync<PaymentOutcomeUnknown>(() => sandbox.Impatient.Charge(charge, Cancellation));

        (await slow).State.ShouldBe(PaymentState.Succeeded);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(3));
        (await sandbox.Payments.Charge(charge, Cancellation)).ShouldBe(await slow);
        (await sandbox.Book(charge.OrderId)).ShouldBe([(1499, 0)]);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_leaves_the_outcome_unknown()
    {
        using var lost = Sandbox.CheckoutClient(new Uri("http://127.0.0.1:1"), timeoutSeconds: 2);
        var payments = lost.GetRequiredService<IPaymentProvider>();

        await Should.ThrowAsync<PaymentOutcomeUnknown>(() => payments.Charge(Sandbox.ACharge("tok_ok"), Cancellation));
        await Should.ThrowAsync<PaymentOutcomeUnknown>(() => payments.Find("pi_1", Cancellation));
    }

    [Fact]
    public async Task A_caller_who_gives_up_hears_that_he_gave_up()
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(() => sandbox.Payments.Charge(Sandbox.ACharge("tok_timeout"), impatience.Token));
    }
}
