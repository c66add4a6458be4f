using System.Text.Json;

namespace MiStore.Rehearsal;

/// <summary>Everybody who comes to a launch, each as one of many at once.</summary>
public sealed class Buyers(Plan plan, Door door, Records records, RehearsalMarket market)
{
    // Of twenty buyers one has a bank that takes three seconds, and one sends the order from two tabs at once.
    const int Kinds = 20, PaysSlowly = 7, SendsTwice = 13;

    const string Products = $"/api/markets/{RehearsalMarket.Code}/products";

    int turns;

    public static object QuoteOf(string sku) => new
    {
        market = RehearsalMarket.Code,
        lines = new[] { new { sku, quantity = 1 } },
        destination = new { country = RehearsalMarket.Code, region = (string?)null, postalCode = RehearsalMarket.PostalCode },
        shippingMethod = "standard",
    };

    /// <summary>From the page to the paid order, or to a no that is final. Who is told to come back does, and who hears nothing asks again.</summary>
    public async Task Buy(int number, double arrival, CancellationToken cancellation)
    {
        var (end, order, turn) = ("no-answer", (string?)null, (int?)null);
        try
        {
            await Until(arrival, cancellation);
            (end, order, turn) = await Evening(number, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Patience is over.
        }

        records.Add(new Evening(number, end, order, arrival, records.Now, turn));
    }

    async Task<(string End, string? Order, int? Turn)> Evening(int number, CancellationToken cancellation)
    {
        var email = $"rehearsal-{plan.Seed}-{number}-{market.BatchId[..8]}@example.org";
        await Ask("list", HttpMethod.Get, Products, null, cancellation);
        var cart = await Ask("cart", HttpMethod.Post, "/api/carts", new { market = RehearsalMarket.Code }, cancellation);
        if (cart.Text("id") is not { } cartId)
            return (cart.Code ?? "no-cart", null, null);

        var (ticket, turn, refusal) = plan.WaitingRoom ? await WaitForTurn(email, cancellation) : (null, null, null);
        if (refusal is not null)
            return (refusal, null, turn);

        while (true)
        {
            var line = await Ask("line", HttpMethod.Put, $"/api/carts/{cartId}/lines/{plan.Sku}", new { quantity = 1 }, cancellation);
            if (line.Status != 200)
                return (line.Code ?? "no-line", null, turn);
            var quote = await Ask("quote", HttpMethod.Post, "/api/quotes", QuoteOf(plan.Sku), cancellation);
            if (quote.Text("quote") is not { } terms)
                return (quote.Code ?? "no-quote", null, turn);

            Task<Answer> Order() => Ask("order", HttpMethod.Post, "/api/orders", new
            {
                quote = terms, cartId, customer = new { email, name = $"Buyer {number}" },
                shippingAddress = new
                {
                    name = $"Buyer {number}", line1 = $"{number} Stage Door", city = "Nowhere",
                    postalCode = RehearsalMarket.PostalCode, country = RehearsalMarket.Code,
                },
                payment = new { method = "card", token = number % Kinds == PaysSlowly ? "tok_slow" : "tok_ok" },
            }, cancellation, [("Idempotency-Key", email), .. ticket is null ? [] : new[] { ("Sale-Ticket", ticket) }]);

            Task<Answer>[] sent = number % Kinds == SendsTwice ? [Order(), Order()] : [Order()];
            var answers = await Task.WhenAll(sent);
            var placed = answers[0];
            if (answers.Select(answer => answer.Text("id")).Distinct().Count() > 1)
                return ("two-answers", placed.Text("id"), turn);
            if (placed.Code is "not-yet-open" or "quote-expired" or "price-changed")
            {
                await Task.Delay(200, cancellation);
                continue;
            }

            return placed.Text("id") is { } id ? (await WaitUntilPaid(id, placed.Text("accessToken")!, cancellation), id, turn) : (placed.Code ?? "no-order", null, turn);
        }
    }

    async Task<string> WaitUntilPaid(string id, string accessToken, CancellationToken cancellation)
    {
        while (true)
        {
            var order = await Ask("paid", HttpMethod.Get, $"/api/orders/{id}", null, cancellation, ("Authorization", $"Bearer {accessToken}"), ("Prefer", "wait=10"));
            if (order.Text("status") is { } status && status is not ("reserved" or "paying"))
                return status == "paid" ? "sold" : status;
            if (order.Status != 200)
                return order.Code ?? "no-order";
        }
    }

    async Task<(string? Ticket, int? Turn, string? Refusal)> WaitForTurn(string email, CancellationToken cancellation)
    {
        Answer view;
        do
        {
            view = await Ask("ticket", HttpMethod.Post, $"/api/sales/{market.BatchId}/tickets", new { email }, cancellation);
            if (view.Code == "unknown-sale")
                await Task.Delay(200, cancellation);
        }
        while (view.Code == "unknown-sale");

        while (view.Text("ticket") is { } ticket)
        {
            if (view.Text("state") == "admitted")
                return (ticket, Interlocked.Increment(ref turns), null);
            if (view.Body.GetProperty("final").GetBoolean())
                return (ticket, null, view.Text("state"));

            await Task.Delay(300, cancellation);
            var next = await Ask(
                "turn", HttpMethod.Get, $"/api/sales/{market.BatchId}/ticket", null, cancellation, ("Sale-Ticket", ticket), ("Prefer", "wait=10"));
            if (next.Text("ticket") is not null)
                view = next;
        }

        return (null, null, view.Code ?? "no-ticket");
    }

    /// <summary>Looks at the list and a product, as somebody who cannot decide; knows what it has seen before.</summary>
    public async Task Browse(int number, CancellationToken cancellation)
    {
        var random = new Random(plan.Seed * 7919 + number);
        string? known = null;
        while (!cancellation.IsCancellationRequested)
        {
            var list = await door.Ask("browser", "list", HttpMethod.Get, Products, null, cancellation, known is null ? [] : [("If-None-Match", known)]);
            known = list.ETag?.ToString() ?? known;
            if (list.Status == 200 && list.Body.GetProperty("items") is { ValueKind: JsonValueKind.Array } items && items.GetArrayLength() > 0)
                await door.Ask("browser", "product", HttpMethod.Get, $"{Products}/{items[0].GetProperty("slug").GetString()}", null, cancellation);
            await Task.Delay(random.Next(50, 300), cancellation);
        }
    }

    /// <summary>Puts it into a cart, and leaves it there.</summary>
    public async Task Fill(double arrival, CancellationToken cancellation)
    {
        await Until(arrival, cancellation);
        var cart = await door.Ask("filler", "cart", HttpMethod.Post, "/api/carts", new { market = RehearsalMarket.Code }, cancellation);
        if (cart.Text("id") is { } id)
            await door.Ask("filler", "line", HttpMethod.Put, $"/api/carts/{id}/lines/{plan.Sku}", new { quantity = 1 }, cancellation);
    }

    /// <summary>Orders without a quote, a hundred times a second: it costs the store something and must bring the bot nothing.</summary>
    public async Task Hammer(int number, CancellationToken cancellation)
    {
        for (var i = 0; !cancellation.IsCancellationRequested; i++)
        {
            await door.Ask("bot", "order", HttpMethod.Post, "/api/orders", new
            {
                quote = $"forged-{number}-{i}", cartId = (string?)null, customer = new { email = $"bot{i}@example.org", name = "Bot" },
                shippingAddress = new { name = "Bot", line1 = "1", city = "Nowhere", postalCode = RehearsalMarket.PostalCode, country = RehearsalMarket.Code },
                payment = new { method = "card", token = "tok_ok" },
            }, cancellation, ("Idempotency-Key", $"bot-{plan.Seed}-{number}-{i}"));
            await Task.Delay(10, cancellation);
        }
    }

    // A buyer does as it is told: comes back after Retry-After, and asks again where a connection broke.
    async Task<Answer> Ask(
        string step, HttpMethod method, string path, object? body, CancellationToken cancellation, params (string Name, string Value)[] headers)
    {
        while (true)
        {
            var answer = await door.Ask("buyer", step, method, path, body, cancellation, headers);
            if (answer.Status is not (0 or 429 or 503))
                return answer;
            await Task.Delay(answer.RetryAfter ?? TimeSpan.FromSeconds(1), cancellation);
        }
    }

    async Task Until(double seconds, CancellationToken cancellation)
    {
        if (seconds - records.Now is > 0 and var left)
            await Task.Delay(TimeSpan.FromSeconds(left), cancellation);
    }
}
