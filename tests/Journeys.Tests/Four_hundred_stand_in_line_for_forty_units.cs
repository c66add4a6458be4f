using System.Diagnostics;
using MiStore.Rehearsal.Sales;

namespace MiStore.Journeys.Tests;

/// <summary>A sale that is held in turn, through the gateway, with every service behind it.</summary>
public sealed class Four_hundred_stand_in_line_for_forty_units(Store store)
{
    const string Market = "US";
    const int Units = 40, Buyers = 400;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Forty_buy_in_the_order_that_was_drawn_and_everybody_hears_how_it_ended()
    {
        var sku = await store.OwnProduct(Market, units: 1, opensAt: DateTimeOffset.UtcNow.AddDays(1));
        var opensAt = DateTimeOffset.UtcNow.AddSeconds(6);
        var sale = (await store.AsOperator(HttpMethod.Post, "/api/admin/batches", new
        {
            market = Market, sku, quantity = Units, opensAt, limitPerCustomer = 1, waitingRoom = new { admissionSeconds = 60 },
        })).ShouldBe(HttpStatusCode.Created)["id"].GetGuid();
        await Eventually.Passes(async () => (await store.Door.Get($"/api/sales/{sale}")).ShouldBe(HttpStatusCode.OK)["unitsLeft"].GetInt32().ShouldBe(Units));
        var commitment = (await store.Door.Get($"/api/sales/{sale}"))["fairness"].At("commitment").GetString();

        // One in four has a card that is declined: those units go to who is next, and to nobody else.
        var ends = await Task.WhenAll(Enumerable.Range(0, Buyers).Select(number =>
            Buy(sale, sku, $"line{number}-{sale:n}@example.org", number % 4 == 0 ? "tok_declined" : "tok_ok", lateBy: number < 50 ? opensAt.AddSeconds(2) : null)));

        ends.Count(end => end == "paid").ShouldBe(Units);
        ends.Where(end => end is not ("paid" or "rejected" or "sold-out")).ShouldBeEmpty();
        var units = (await store.AsOperator(HttpMethod.Get, "/api/admin/batches"))["batches"].EnumerateArray().Single(batch => batch.At("id").GetGuid() == sale);
        (units.At("remaining").GetInt32(), units.At("reserved").GetInt32(), units.At("sold").GetInt32()).ShouldBe((0, 0, Units));
        await store.ShouldHaveCleanBooks();

        var fairness = (await store.Door.Get($"/api/sales/{sale}"))["fairness"];
        fairness.At("commitment").GetString().ShouldBe(commitment);
        var (code, says) = await Verify(new Uri(store.Stack.Url, $"/api/sales/{sale}/record"));
        code.ShouldBe(0, says);

        // And so says the report, which the line and the ledger have to agree in.
        var report = await Eventually.Passes(async () =>
        {
            var made = (await new ReadSale(store.Door, store.OperatorToken).Report(sale, TestContext.Current.CancellationToken)).ShouldNotBeNull();
            // How long answers took is the machine's affair.
            made.Findings.Where(finding => !finding.IsGood && !finding.Name.EndsWith(" ms")).ShouldBeEmpty();
            return made;
        });
        report.Receipt.Sold.ShouldBe(Units);
        report.Fairness!.Waits.Count.ShouldBeGreaterThanOrEqualTo(Units);
        SalePage.Of(report).ShouldContain("As it had to be");
    }

    async Task<string> Buy(Guid sale, string sku, string email, string card, DateTimeOffset? lateBy)
    {
        if (lateBy is { } late && late - DateTimeOffset.UtcNow is var early && early > TimeSpan.Zero)
            await Task.Delay(early, TestContext.Current.CancellationToken);

        var began = Stopwatch.GetTimestamp();
        var answer = await store.Door.Post($"/api/sales/{sale}/tickets", new { email });
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            if (answer.Status == 409)
                return answer["code"].GetString()!;
            if (answer.Headers.RetryAfter?.Delta is { } busy)
            {
                await Task.Delay(busy, TestContext.Current.CancellationToken);
                answer = await store.Door.Post($"/api/sales/{sale}/tickets", new { email });
                continue;
            }

            var (state, ticket) = (answer["state"].GetString()!, answer["ticket"].GetString()!);
            if (state == "admitted")
                return await Order(sku, email, card, ticket);
            if (answer["final"].GetBoolean())
                return state;

            // Half of them hold the line, half come back when told to.
            if (email.Length % 2 == 0)
                await Task.Delay(TimeSpan.FromSeconds(answer["pollAfterSeconds"].GetInt32()), TestContext.Current.CancellationToken);
            answer = await store.Door.Ask(HttpMethod.Get, $"/api/sales/{sale}/ticket", null, ("Sale-Ticket", ticket), ("Prefer", email.Length % 2 == 0 ? "" : "wait=10"));
        }

        return "no final answer";
    }

    async Task<string> Order(string sku, string email, string card, string ticket)
    {
        var quote = (await store.Door.Post("/api/quotes", new
        {
            market = Market,
            lines = new[] { new { sku, quantity = 1 } },
            destination = new { country = Market, region = "OR", postalCode = "97201" },
            shippingMethod = "standard",
        })).ShouldBe(HttpStatusCode.OK)["quote"].GetString()!;
        var body = new
        {
            quote,
            customer = new { email, name = email },
            shippingAddress = new { name = email, line1 = email, city = "Portland", region = "OR", postalCode = "97201", country = Market },
            payment = new { method = "card", token = card },
        };
        var key = Guid.NewGuid().ToString();
        var placed = await Eventually.Passes(async () =>
            (await store.Door.Ask(HttpMethod.Post, "/api/orders", body, ("Idempotency-Key", key), ("Sale-Ticket", ticket))).ShouldBe(HttpStatusCode.Created));
        (await store.Door.Ask(HttpMethod.Post, "/api/orders", body, ("Idempotency-Key", key + "-again"), ("Sale-Ticket", ticket)))
            .ShouldBeProblem(HttpStatusCode.Conflict, "ticket-used");

        return await Eventually.Passes(async () =>
        {
            var order = (await store.Door.Ask(
                HttpMethod.Get, $"/api/orders/{placed["id"].GetString()}", null,
                ("Authorization", $"Bearer {placed["accessToken"].GetString()}"), ("Prefer", "wait=10"))).ShouldBe(HttpStatusCode.OK);
            var status = order["status"].GetString()!;
            status.ShouldBeOneOf("paid", "rejected");
            return status;
        });
    }

    static async Task<(int Code, string Says)> Verify(Uri record)
    {
        var build = AppContext.BaseDirectory.Split("/bin/");
        var gateway = Path.Combine(build[0], "..", "..", "gateway", "MiStore.Gateway", "bin", build[1], "MiStore.Gateway.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [gateway, "verify-queue", record.ToString()])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var says = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, says);
    }
}
