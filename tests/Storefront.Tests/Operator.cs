using System.Text.Json;

namespace MiStore.Storefront.Tests;

/// <summary>Who runs the store: opens markets, releases batches, and looks behind the counter.</summary>
public sealed class Operator(OpenStore store)
{
    string? token;

    public async Task<DateTimeOffset> Now() => (await store.Stack.Client.Get("/api/markets/DE"))["serverTime"].GetDateTimeOffset();

    public async Task<JsonElement> Call(HttpMethod method, string path, object? body = null)
    {
        token ??= (await store.Stack.Client.Post("/api/dev/token", new { role = "store-operator", subject = "ada" }))["accessToken"].GetString();
        var answer = await store.Stack.Client.Ask(method, path, body, ("Authorization", $"Bearer {token}"));
        (answer.Status is 200 or 201).ShouldBeTrue(answer.Text);
        return answer.Body;
    }

    /// <summary>A market that a test has for itself, speaking English and selling one product.</summary>
    /// <param name="opensIn">From the store's now on.</param>
    /// <param name="inTurn">Whether its batch has a waiting room.</param>
    /// <returns>When it opens.</returns>
    public async Task<DateTimeOffset> AddMarket(string code, string name, string sku, int units, TimeSpan opensIn, bool inTurn = false)
    {
        // On a busy machine the instant may be over before the store reads it; then it has a later one.
        var opens = await Eventually.Passes(async () =>
        {
            var opens = await Now() + opensIn;
            await Call(HttpMethod.Post, "/api/admin/markets", new
            {
                code, name, currency = "EUR", locale = $"en-{code}", languages = new[] { "en" }, timeZone = "Europe/Dublin",
                taxDisplay = "included", seller = new { name = $"MiStore {name}", address = $"1 Example Street, {name}" },
                postalCodePattern = ".{3,10}", calendar = new { opensAt = opens.ToString("O"), testSale = (object?)null },
                taxes = new[] { new { name = "VAT 23 %", rate = 0.23, shippingTaxed = true, hasNexus = true, asOf = "2015-05-01", source = "a test" } },
                shipping = new[]
                {
                    new
                    {
                        code = "standard", names = new { en = "Standard delivery" }, price = new { amount = "4.90", currency = "EUR" },
                        daysMin = 2, daysMax = 4,
                    },
                },
                safetyRequired = false, why = "A test",
            });
            return opens;
        });
        await SetPrice(code, sku, "15.99");
        // Until Checkout has heard that the market sells it.
        await Eventually.Passes(() => ReleaseBatch(code, sku, units, opens - opensIn, inTurn));
        foreach (var document in new[] { "imprint", "terms", "withdrawal", "privacy" })
            await Call(HttpMethod.Put, $"/api/admin/markets/{code}/legal/{document}", new { texts = new { en = new { title = document, body = "A test's." } } });
        await Call(HttpMethod.Post, "/api/admin/rehearsals", new { passed = true, summary = "Left to the tests of rehearsals." });
        // A new market is held at its first sale until it lacks nothing and is resumed; Pricing has to hear of the batch first.
        await Eventually.Passes(() => Call(HttpMethod.Post, $"/api/admin/markets/{code}/resume"));
        return opens;
    }

    public Task SetPrice(string market, string sku, string euros) =>
        Call(HttpMethod.Put, "/api/admin/prices", new { market, sku, price = new { amount = euros, currency = "EUR" } });

    /// <returns>The batch's id, and the sale's.</returns>
    public async Task<Guid> ReleaseBatch(string market, string sku, int units, DateTimeOffset opensAt, bool inTurn = false) => (await Call(
        HttpMethod.Post, "/api/admin/batches",
        new { market, sku, quantity = units, opensAt, waitingRoom = inTurn ? new { admissionSeconds = 600 } : null })).At("id").GetGuid();

    public Task Reschedule(string market, TimeSpan opensIn) => Eventually.Passes(async () => await Call(
        HttpMethod.Put, $"/api/admin/markets/{market}/calendar", new { opensAt = (await Now() + opensIn).ToString("O"), testSale = (object?)null }));

    /// <summary>Orders that this e-mail address has made, and payments that the provider has taken for them.</summary>
    public async Task<(long Orders, long Charges)> OrdersOf(string email)
    {
        var orders = await Column<Guid>("checkoutdb", "select id from orders where email = @value", email);
        var charges = await Column<string>(
            "sandboxdb", "select id from payments where status = 'succeeded' and order_id = any(@value)",
            orders.Select(order => order.ToString()).ToArray());
        return (orders.Count, charges.Count);
    }

    /// <summary>The sales that this address would like to be reminded of.</summary>
    public Task<List<Guid>> RemindersOf(string email) =>
        Column<Guid>("catalogdb", "select sale from notices where email = @value and sale is not null", email.ToLowerInvariant());

    public async Task<bool> CatalogKnows(Guid sale) => (await Column<string>(
        "catalogdb", "select sku from availability where batches::text like @value", $"%{sale}%")).Count > 0;

    /// <summary>The unpaid order of this e-mail address is at the end of its hold, without ten minutes' waiting.</summary>
    public Task LetHoldEnd(string email) =>
        // With a turn of the market, since a lane goes by what it knows where nobody has had one.
        Column<Guid>(
            "checkoutdb",
            """
            with turn as (update lanes set turn = turn + 1 where market in (select market from orders where email = @value) returning turn)
            update orders set reserved_until = placed_at where email = @value and exists (select from turn) returning id
            """, email);

    async Task<List<T>> Column<T>(string database, string sql, object value)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(store.Stack.ConnectionString(database));
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("value", value);
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await rows.ReadAsync())
            values.Add(rows.GetFieldValue<T>(0));
        return values;
    }
}
