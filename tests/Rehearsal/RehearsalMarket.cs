using System.Globalization;
using System.Text.Json;

namespace MiStore.Rehearsal;

/// <summary>
/// A market that is nobody's country (ISO 3166 leaves XA to XZ to their users; XR is the one that Pricing shows to no shopper), with
/// stock of its own: what is sold there is nobody else's. Made through the calls that an operator has; afterwards its units are
/// withdrawn and it is paused until the next time.
/// </summary>
public sealed class RehearsalMarket(Door door, Plan plan, string operatorToken)
{
    public const string Code = "XR", Currency = "EUR", PostalCode = "00001";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string BatchId { get; private set; } = "";

    /// <param name="opensIn">From when the batch is released until the first unit of it can be bought.</param>
    /// <returns>What is left of that when everything is prepared; below zero where preparing took longer.</returns>
    public async Task<TimeSpan> Open(TimeSpan opensIn, CancellationToken cancellation)
    {
        var now = await Now(cancellation);
        var added = await Operate(HttpMethod.Post, "/api/admin/markets", new
        {
            code = Code, name = "Rehearsal", currency = Currency, locale = "en-XR", languages = new[] { "en" }, timeZone = "Etc/UTC",
            taxDisplay = "included", seller = new { name = "MiStore rehearsal", address = "1 Stage Door, Nowhere" },
            postalCodePattern = "[0-9]{5}",
            calendar = new { opensAt = Instant(now.AddMinutes(-1)), testSale = (object?)null, announcedFrom = Instant(now.AddMinutes(-2)) },
            taxes = new[] { new { name = "No tax", rate = 0.0, shippingTaxed = false, hasNexus = false, asOf = "2026-01-01", source = "a rehearsal" } },
            shipping = new[]
            {
                new { code = "standard", names = new { en = "Standard delivery" }, price = new { amount = "1.00", currency = Currency }, daysMin = 1, daysMax = 2 },
            },
            safetyRequired = false, why = "A launch is rehearsed.",
        }, cancellation);
        if (added.Status != 409)
            Must(added, "the market");

        // Pricing may not have heard of the SKU yet in a store that has just opened, nor Checkout of the offer.
        await Until(
            () => Operate(HttpMethod.Put, "/api/admin/prices", new { market = Code, sku = plan.Sku, price = new { amount = "9.00", currency = Currency } }, cancellation),
            "a price", cancellation);
        foreach (var batch in await Batches(cancellation))
            if (batch.GetProperty("remaining").GetInt32() > 0)
                Must(await Withdraw(batch.GetProperty("id").GetString()!, cancellation), "withdrawing what was left of the last rehearsal");

        var opensAt = await Now(cancellation) + opensIn;
        var released = await Until(() => Operate(HttpMethod.Post, "/api/admin/batches", plan.WaitingRoom
            ? new { market = Code, sku = plan.Sku, quantity = plan.Units, opensAt = Instant(opensAt), waitingRoom = new { admissionSeconds = 60, slack = Math.Max(8, plan.Units / 20) } }
            : new { market = Code, sku = plan.Sku, quantity = plan.Units, opensAt = Instant(opensAt) }, cancellation), "a batch", cancellation);
        BatchId = released.Text("id")!;

        // A market is held until it lacks nothing; the batch was the last of it.
        await Until(
            () => Operate(HttpMethod.Post, $"/api/admin/markets/{Code}/resume", new { why = "A launch is rehearsed." }, cancellation), "opening the market", cancellation);
        await Until(() => door.Ask("operator", "prepare", HttpMethod.Post, "/api/quotes", Buyers.QuoteOf(plan.Sku), cancellation), "a quote", cancellation);
        return released.Body.GetProperty("opensAt").GetDateTimeOffset() - await Now(cancellation);
    }

    public async Task<(int Remaining, int Reserved, int Sold)> Count(CancellationToken cancellation)
    {
        var batch = (await Batches(cancellation)).Single(batch => batch.GetProperty("id").GetString() == BatchId);
        return (batch.GetProperty("remaining").GetInt32(), batch.GetProperty("reserved").GetInt32(), batch.GetProperty("sold").GetInt32());
    }

    /// <summary>What the store's own audit says; null where it does not answer.</summary>
    public async Task<(bool IsClean, string Text)?> Audit(CancellationToken cancellation)
    {
        var audit = await Operate(HttpMethod.Get, "/api/admin/audit", null, cancellation);
        return audit.Status == 200 ? (audit.Body.GetProperty("clean").GetBoolean(), audit.Body.GetProperty("differences").GetRawText()) : null;
    }

    /// <summary>Tells the store how it went: no market is opened without.</summary>
    public async Task Record(Outcome outcome, CancellationToken cancellation) =>
        Must(await Operate(HttpMethod.Post, "/api/admin/rehearsals", new { passed = outcome.IsGood, summary = outcome.Summary }, cancellation), "the verdict");

    public async Task Close(CancellationToken cancellation)
    {
        if (BatchId.Length > 0)
            await Withdraw(BatchId, cancellation);
        await Operate(HttpMethod.Post, $"/api/admin/markets/{Code}/pause", new { why = "The rehearsal is over." }, cancellation);
    }

    Task<Answer> Withdraw(string batch, CancellationToken cancellation) =>
        Operate(HttpMethod.Post, $"/api/admin/batches/{batch}/withdrawal", null, cancellation);

    async Task<List<JsonElement>> Batches(CancellationToken cancellation) =>
        [.. Must(await Operate(HttpMethod.Get, "/api/admin/batches", null, cancellation), "the batches").Body.GetProperty("batches").EnumerateArray()
            .Where(batch => batch.GetProperty("market").GetString() == Code)];

    /// <summary>By the store's clock, which may be set to another day.</summary>
    async Task<DateTimeOffset> Now(CancellationToken cancellation) =>
        Must(await door.Ask("operator", "prepare", HttpMethod.Get, "/api/markets", cancellation: cancellation), "the markets")
            .Body.GetProperty("markets")[0].GetProperty("serverTime").GetDateTimeOffset();

    Task<Answer> Operate(HttpMethod method, string path, object? body, CancellationToken cancellation) =>
        door.Ask("operator", "prepare", method, path, body, cancellation, ("Authorization", $"Bearer {operatorToken}"));

    static async Task<Answer> Until(Func<Task<Answer>> ask, string what, CancellationToken cancellation)
    {
        for (var until = TimeProvider.System.GetUtcNow() + Patience; ; await Task.Delay(100, cancellation))
        {
            var answer = await ask();
            if (answer.Status is 200 or 201 || TimeProvider.System.GetUtcNow() > until)
                return Must(answer, what);
        }
    }

    static Answer Must(Answer answer, string what) => answer.Status is 200 or 201
        ? answer
        : throw new InvalidOperationException($"The rehearsal market cannot be prepared: {what} was answered with {answer.Status} {answer.Code} {answer.Text("detail")}");

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
