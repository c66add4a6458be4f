using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MiStore.Bench.WaitingRoom;

/// <summary>Somebody who wants one unit and does as told: a ticket, patience, an order when it is their turn.</summary>
/// <param name="free">Connections that the door has left: time in our own queue for one is not the store's.</param>
/// <param name="held">The way in for calls that are answered when something has happened: they are not to keep others from theirs.</param>
sealed class Visitor(
    int number, Guid sale, HttpClient door, SemaphoreSlim free, HttpClient held, ConcurrentBag<(string Call, double Milliseconds)> answers)
{
    static readonly MediaTypeHeaderValue Json = new("application/json");

    string ticket = "";

    public int Number => number;

    /// <summary>How it ended: paid, sold-out, or what else.</summary>
    public string End { get; private set; } = "never came";

    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>How often the store had no time.</summary>
    public int Busy { get; private set; }

    public async Task Visit(DateTimeOffset until)
    {
        try
        {
            End = await Line(until);
        }
        catch (Exception fault)
        {
            End = fault.GetType().Name + ": " + fault.Message;
        }
    }

    async Task<string> Line(DateTimeOffset until)
    {
        var (status, view) = await Ask("ticket taken", HttpMethod.Post, $"/api/sales/{sale}/tickets", $$"""{"email":"{{Email}}"}""");
        while (DateTimeOffset.UtcNow < until)
        {
            if (status is 409)
                return view.GetProperty("code").GetString()!;
            if (status is not (200 or 201))
                return $"{status} {view}";

            ticket = view.GetProperty("ticket").GetString()!;
            var state = view.GetProperty("state").GetString()!;
            if (state == "admitted")
                return await Buy();
            if (view.GetProperty("final").GetBoolean())
                return state;

            await Task.Delay(TimeSpan.FromSeconds(view.GetProperty("pollAfterSeconds").GetInt32()));
            (status, view) = await Ask("place in line", HttpMethod.Get, $"/api/sales/{sale}/ticket", null, ("Sale-Ticket", ticket));
        }

        return "no answer in time";
    }

    async Task<string> Buy()
    {
        var (_, quote) = await Ask("quote", HttpMethod.Post, "/api/quotes",
            $$"""{"market":"{{HoldSale.Market}}","lines":[{"sku":"{{HoldSale.Sku}}","quantity":1}],"destination":{"country":"US","region":"OR","postalCode":"97201"},"shippingMethod":"standard"}""");
        var (status, order) = await Ask("order", HttpMethod.Post, "/api/orders",
            $$$"""
            {"quote":"{{{quote.GetProperty("quote").GetString()}}}","customer":{"email":"{{{Email}}}","name":"Buyer {{{number}}}"},
            "shippingAddress":{"name":"Buyer {{{number}}}","line1":"{{{number}}} Main Street","city":"Portland","region":"OR","postalCode":"97201","country":"US"},
            "payment":{"method":"card","token":"tok_ok"}}
            """, ("Sale-Ticket", ticket), ("Idempotency-Key", $"sale-{sale}-{number}"));
        if (status != 201)
            return $"{status} {order}";

        var token = "Bearer " + order.GetProperty("accessToken").GetString();
        for (var tries = 0; tries < 20; tries++)
        {
            var (_, now) = await Ask("(payment waited for)", HttpMethod.Get, $"/api/orders/{order.GetProperty("id").GetString()}", null, ("Authorization", token), ("Prefer", "wait=10"));
            if (now.GetProperty("status").GetString() is var state && state is not ("reserved" or "paying"))
            {
                PaidAt = state == "paid" ? DateTimeOffset.UtcNow : null;
                return state!;
            }
        }

        return "never paid";
    }

    // Until there is an answer: who is busy says when to come back.
    async Task<(int Status, JsonElement Body)> Ask(string call, HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, path);
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            if (body is not null)
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = Json } };

            var (status, pause, view) = call[0] == '(' ? await Send(held, call, request) : await InTurn(call, request);
            if (pause is null)
                return (status, view);

            Busy++;
            await Task.Delay(pause.Value);
        }
    }

    async Task<(int Status, TimeSpan? Pause, JsonElement Body)> InTurn(string call, HttpRequestMessage request)
    {
        await free.WaitAsync();
        try
        {
            return await Send(door, call, request);
        }
        finally
        {
            free.Release();
        }
    }

    async Task<(int Status, TimeSpan? Pause, JsonElement Body)> Send(HttpClient client, string call, HttpRequestMessage request)
    {
        var asked = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request);
        using var text = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        answers.Add((call, Stopwatch.GetElapsedTime(asked).TotalMilliseconds));
        return ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta, text.RootElement.Clone());
    }

    string Email => $"buyer{number}@example.org";
}
