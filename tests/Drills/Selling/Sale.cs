using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MiStore.Drills.Selling;

/// <summary>
/// Buyers who come through the gateway, as many at a time as there are buyers. Each asks for a quote, now and then has a
/// cart, and repeats its order under the same key until it is told something definite.
/// </summary>
public sealed class Sale(Store store, Pace pace, SaleSettings settings)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly HttpClient client = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = 512, ConnectTimeout = TimeSpan.FromSeconds(2), UseProxy = false, UseCookies = false,
    })
    {
        BaseAddress = store.Url, Timeout = Patience,
    };

    public ConcurrentBag<Attempt> Attempts { get; } = [];

    /// <summary>Only of orders: what went wrong with quotes and carts is counted apart.</summary>
    public ConcurrentBag<Trouble> Troubles { get; } = [];

    public ConcurrentBag<Trouble> OtherTroubles { get; } = [];

    public async Task Run(CancellationToken cancellation)
    {
        await Task.WhenAll(Enumerable.Range(0, settings.Buyers).Select(_ => Task.Run(() => Buyer(cancellation), CancellationToken.None)));
        client.Dispose();
    }

    async Task Buyer(CancellationToken cancellation)
    {
        try
        {
            while (await pace.Next(cancellation) is { } number)
            {
                await Buy(number, cancellation);
                pace.Finish();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Whatever had no answer by now stays unresolved in the log.
        }
    }

    async Task Buy(int number, CancellationToken cancellation)
    {
        var attempt = new Attempt(
            $"drill-{settings.Seed}-{number}", $"buyer.{number}@drill.example", settings.CardOf(number));
        Attempts.Add(attempt);

        var quote = await Quote(cancellation);
        var cart = number % 8 == 0 ? await Cart(cancellation) : null;
        var body = JsonSerializer.Serialize(new
        {
            quote,
            cartId = cart,
            customer = new { email = attempt.Email, name = $"Buyer {number}" },
            shippingAddress = new
            {
                name = $"Buyer {number}", line1 = $"{number} Market Street", city = "San Francisco", region = "CA", postalCode = "94105", country = "US",
            },
            payment = new { method = "card", token = attempt.Card },
        });

        attempt.Body = body;
        if (settings.Twins == 1)
            await Order(attempt, body, cancellation);
        else
            await Task.WhenAll(Enumerable.Range(0, settings.Twins).Select(_ => Order(attempt, body, cancellation)));
    }

    async Task Order(Attempt attempt, string body, CancellationToken cancellation)
    {
        while (true)
        {
            var sent = DateTimeOffset.UtcNow;
            lock (attempt)
                attempt.Tries++;
            var (status, answer) = await Ask(HttpMethod.Post, "/api/orders", body, attempt.Key, cancellation);
            var code = CodeOf(answer);
            if (status is 200 or 201)
            {
                Acknowledge(attempt, answer, sent);
                return;
            }

            if (status is >= 400 and < 500 and not (408 or 429))
            {
                lock (attempt)
                {
                    // A no binds nobody, since a unit may come back: a later yes, or one at the same time, is good news. What was
                    // promised stays promised: a no to who asks again is a contradiction.
                    if (attempt.Ending == Ending.Acknowledged)
                        attempt.Contradictions += sent > attempt.AnsweredAt ? 1 : 0;
                    else
                        (attempt.Ending, attempt.Code, attempt.SentAt, attempt.AnsweredAt) = (Ending.Refused, code ?? status.ToString(), sent, DateTimeOffset.UtcNow);
                }

                return;
            }

            Troubles.Add(new Trouble(DateTimeOffset.UtcNow, status, code));
            await Pause(cancellation);
        }
    }

    static void Acknowledge(Attempt attempt, JsonElement order, DateTimeOffset sent)
    {
        var id = order.GetProperty("id").GetGuid();
        lock (attempt)
        {
            if (attempt.Ending == Ending.Acknowledged)
            {
                attempt.Contradictions += attempt.OrderId != id ? 1 : 0;
                return;
            }

            attempt.Ending = Ending.Acknowledged;
            attempt.OrderId = id;
            attempt.Total = Cents(order.GetProperty("total"));
            (attempt.SentAt, attempt.AnsweredAt) = (sent, DateTimeOffset.UtcNow);
        }
    }

    async Task<string> Quote(CancellationToken cancellation)
    {
        const string body = $$"""
            {"market":"{{Store.Market}}","lines":[{"sku":"{{Store.Sku}}","quantity":1}],
             "destination":{"country":"US","region":"CA","postalCode":"94105"},"shippingMethod":"standard"}
            """;
        while (true)
        {
            var (status, answer) = await Ask(HttpMethod.Post, "/api/quotes", body, null, cancellation);
            if (status == 200)
                return answer.GetProperty("quote").GetString()!;
            OtherTroubles.Add(new Trouble(DateTimeOffset.UtcNow, status, CodeOf(answer)));
            await Pause(cancellation);
        }
    }

    // A cart is a comfort: who cannot have one orders without.
    async Task<string?> Cart(CancellationToken cancellation)
    {
        const string body = $$"""{"market":"{{Store.Market}}","lines":[{"sku":"{{Store.Sku}}","quantity":1}]}""";
        var (status, answer) = await Ask(HttpMethod.Post, "/api/carts", body, null, cancellation);
        if (status == 201)
            return answer.GetProperty("id").GetString();
        OtherTroubles.Add(new Trouble(DateTimeOffset.UtcNow, status, CodeOf(answer)));
        return null;
    }

    /// <returns>Status 0 where there was no answer, or only a part of one.</returns>
    async Task<(int Status, JsonElement Body)> Ask(HttpMethod method, string path, string body, string? key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            return ((int)response.StatusCode, answer);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or JsonException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return (0, default);
        }
    }

    static Task Pause(CancellationToken cancellation) => Task.Delay(Random.Shared.Next(100, 400), cancellation);

    static string? CodeOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("code", out var code) ? code.GetString() : null;

    static long Cents(JsonElement money) =>
        (long)(decimal.Parse(money.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture) * 100);
}

/// <param name="Buyers">How many buy at the same time.</param>
/// <param name="Cards">Test cards and how often each is used, in parts of their sum.</param>
/// <param name="Twins">How many equal requests each attempt sends at the same moment.</param>
public sealed record SaleSettings(int Seed, int Buyers, IReadOnlyList<(string Token, int Parts)> Cards, int Twins = 1)
{
    /// <summary>The same for the same seed, in whatever order the attempts are made.</summary>
    public string CardOf(int number)
    {
        var ticket = new Random(HashCode(Seed, number)).Next(Cards.Sum(card => card.Parts));
        return Cards.First(card => (ticket -= card.Parts) < 0).Token;
    }

    // System.HashCode differs from run to run.
    static int HashCode(int seed, int number) => unchecked(seed * 486_187_739 + number * 16_777_619);
}
