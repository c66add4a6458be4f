using Microsoft.Extensions.DependencyInjection;
using MiStore.Checkout.Payments;

namespace MiStore.PaymentSandbox.Tests;

public sealed class When_the_sandbox_is_killed
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_it_answered_is_in_its_book_and_what_it_owes_is_reported()
    {
        await using var database = await TestDatabase.Create(typeof(SandboxOptions).Assembly);
        await using var merchant = await Merchant.Start();
        var address = SandboxProcess.FreeAddress();
        using var checkout = Sandbox.CheckoutClient(address, timeoutSeconds: 20);
        var payments = checkout.GetRequiredService<IPaymentProvider>();
        var charges = Enumerable.Range(0, 400).Select(_ => Sandbox.ACharge("tok_ok")).ToList();
        var slow = Sandbox.ACharge("tok_timeout");
        var heard = 0;

        using var first = await SandboxProcess.Start(database, address, merchant.Url);
        var inFlight = payments.Charge(slow, Cancellation);
        await Eventually.True(async () => (await Sandbox.Book(first.Http, slow.OrderId)).Count == 1);

        // Every buyer asks under one key until he knows; the sandbox dies in the middle of it.
        var buyers = charges.Select(async charge =>
        {
            var outcome = await Eventually.Passes(() => payments.Charge(charge, Cancellation));
            Interlocked.Increment(ref heard);
            return outcome;
        }).ToList();
        await Eventually.True(() => heard > 50);
        first.Kill();
        await Should.ThrowAsync<PaymentOutcomeUnknown>(() => inFlight);
        using var second = await SandboxProcess.Start(database, address, merchant.Url);
        var outcomes = await Task.WhenAll(buyers);
        var late = await Eventually.Passes(() => payments.Charge(slow, Cancellation));

        late.State.ShouldBe(PaymentState.Succeeded);
        outcomes.ShouldAllBe(outcome => outcome.State == PaymentState.Succeeded);
        outcomes.Select(outcome => outcome.PaymentId).Distinct().Count().ShouldBe(charges.Count);
        await using var captured = database.Source.CreateCommand("select count(*), count(distinct order_id), count(distinct id) from payments");
        await using (var row = await captured.ExecuteReaderAsync(Cancellation))
        {
            await row.ReadAsync(Cancellation);
            (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)).ShouldBe((401, 401, 401));
        }

        // What was being told when it died is told again when its lease is over.
        await Eventually.True(() => merchant.Heard.Select(webhook => PaymentWebhook.Parse(webhook.Body)!.OrderId).Distinct().Count() == 401);
    }
}
