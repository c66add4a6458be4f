using System.Net;

namespace MiStore.Gateway.Tests.Load;

public sealed class When_one_client_asks_too_much : IAsyncLifetime
{
    TestBroker broker = null!;
    Upstream upstream = null!;
    ServiceUnderTest<Program> gateway = null!;

    public async ValueTask InitializeAsync()
    {
        broker = await TestBroker.Create();
        upstream = await Upstream.Start();
        gateway = await Door.Before(broker, upstream.Address, upstream.Address, upstream.Address, upstream.Address)
            .With("RateLimits:Exempt", "192.0.2.0/24")
            .With("RateLimits:Quote:PerSecond", "1").With("RateLimits:Quote:Burst", "3")
            .With("RateLimits:LookupByToken:PerSecond", "1").With("RateLimits:LookupByToken:Burst", "2")
            .With("RateLimits:OrderByTicket:PerSecond", "1").With("RateLimits:OrderByTicket:Burst", "2")
            .With("RateLimits:Order:PerSecond", "1").With("RateLimits:Order:Burst", "1")
            .With("Edge:TrustedProxies", "127.0.0.1/32 10.0.0.0/8")
            .With("Load:MostWaiting", "0")
            .Start();
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await upstream.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task It_is_told_when_to_come_back_and_nobody_else_is()
    {
        var refusal = await UntilRefused(() => Quote("203.0.113.7"));

        await refusal.ShouldBeProblem(429, "too-many-requests");
        refusal.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 3);
        // For this purpose only, and this client only.
        (await Ask(HttpMethod.Get, "/api/carts/1", "203.0.113.7")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Quote("203.0.113.8")).StatusCode.ShouldBe(HttpStatusCode.OK);
        // Who asks through another of its own addresses is the same client, and what it says of itself counts for nothing.
        (await UntilRefused(() => Quote("203.0.113.9, 203.0.113.7"))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var address = 1;
        await Eventually.Passes(async () =>
        {
            await UntilRefused(() => Quote("2001:db8:1:2::1"));
            (await Quote($"2001:db8:1:2::{++address:x}")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        });
        // It may go on when the time is over.
        await Eventually.Passes(async () => (await Quote("203.0.113.7")).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_shopper_is_told_so_by_a_page()
    {
        var refusal = await UntilRefused(() => Ask(HttpMethod.Post, "/fr/fr/checkout", "203.0.113.20"));

        refusal.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refusal.Headers.RetryAfter.ShouldNotBeNull();
        (await refusal.Content.ReadAsStringAsync()).ShouldContain("Un peu plus lentement");
    }

    [Fact]
    public async Task A_token_has_no_more_than_its_own_wherever_it_is_used_from()
    {
        var number = 0;
        var refusal = await UntilRefused(() => Ask(HttpMethod.Get, "/api/orders/1", $"198.51.100.{++number}", ("Authorization", "Bearer shared")));

        await refusal.ShouldBeProblem(429, "too-many-requests");
    }

    [Fact]
    public async Task Nor_has_a_ticket_when_many_order_with_it()
    {
        var number = 0;
        await (await UntilRefused(() => Order("shared"))).ShouldBeProblem(429, "too-many-requests");
        (await Order("another's")).StatusCode.ShouldBe(HttpStatusCode.OK);

        Task<HttpResponseMessage> Order(string ticket) =>
            Ask(HttpMethod.Post, "/api/orders", $"198.51.{++number / 250}.{number % 250}", ("Sale-Ticket", ticket));
    }

    [Fact]
    public async Task Who_is_exempt_may_ask_on()
    {
        foreach (var _ in Enumerable.Range(0, 20))
            (await Quote("192.0.2.5")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task More_waits_than_agreed_are_refused_at_once()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/2") { Headers = { { "Prefer", "wait=10" }, { "Accept-Language", "de-AT, en;q=0.5" } } };

        var refusal = await gateway.Client.SendAsync(request);

        var problem = await refusal.ShouldBeProblem(503, "busy");
        var seconds = refusal.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        seconds.ShouldBeInRange(1, 3);
        refusal.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        ((double?)problem["retryAfterSeconds"]).ShouldBe(seconds);
        ((string?)problem["message"])!.ShouldContain("versuchen Sie es"); // to the shopper, in their language
    }

    Task<HttpResponseMessage> Quote(string from) => Ask(HttpMethod.Post, "/api/quotes", from);

    async Task<HttpResponseMessage> Ask(HttpMethod method, string path, string from, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-Forwarded-For", from } } };
        if (header is { } given)
            request.Headers.Add(given.Name, given.Value);
        return await gateway.Client.SendAsync(request);
    }

    static async Task<HttpResponseMessage> UntilRefused(Func<Task<HttpResponseMessage>> ask)
    {
        HttpResponseMessage answer;
        var atMost = 200;
        do
            answer = await ask();
        while (answer.StatusCode == HttpStatusCode.OK && --atMost > 0);
        return answer;
    }
}
