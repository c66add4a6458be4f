using System.Net;

namespace MiStore.Gateway.Tests.Load;

public sealed class When_the_store_is_full
{
    /// <summary>Ten may be under way: five to browse, nine to order, and the tenth is kept for an order that exists.</summary>
    [Fact]
    public async Task What_can_best_wait_is_refused_first()
    {
        await using var broker = await TestBroker.Create();
        await using var upstream = await Upstream.Start();
        await using var gateway = await Door.Before(broker, upstream.Address, upstream.Address, upstream.Address, upstream.Address)
            .With("Load:Least", "10").With("Load:Most", "10").With("Load:LateMilliseconds", "60000")
            .Start();
        var mayAnswer = new TaskCompletionSource();
        foreach (var path in new[] { "/api/markets/DE/products/slow", "/api/orders", "/api/orders/1/cancellation" })
            upstream.Answer(path, http => mayAnswer.Task);

        var underway = new List<Task<HttpResponseMessage>>();
        async Task Fill(Func<Task<HttpResponseMessage>> ask, string path, int times)
        {
            var before = upstream.CountOf(path);
            for (var i = 0; i < times; i++)
                underway.Add(ask());
            await Eventually.True(() => upstream.CountOf(path) == before + times);
        }

        Task<HttpResponseMessage> Browse(int n = 0) => gateway.Client.GetAsync($"/api/markets/DE/products/slow?page={n}");
        Task<HttpResponseMessage> Order() => gateway.Client.PostAsync("/api/orders", null);
        Task<HttpResponseMessage> Cancel() => gateway.Client.PostAsync("/api/orders/1/cancellation", null);

        var page = 0;
        await Fill(() => Browse(++page), "/api/markets/DE/products/slow", 5);
        await (await Browse(99)).ShouldBeProblem(503, "busy");
        var shown = await gateway.Client.GetAsync("/de/de/products/slow");
        shown.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        shown.Headers.RetryAfter.ShouldNotBeNull();
        (await shown.Content.ReadAsStringAsync()).ShouldContain("Gerade ist viel los");
        await Fill(Order, "/api/orders", 4);
        await (await Order()).ShouldBeProblem(503, "busy");
        await Fill(Cancel, "/api/orders/1/cancellation", 1);
        await (await Cancel()).ShouldBeProblem(503, "busy");
        (await gateway.Client.GetAsync("/alive")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Client.GetAsync("/health")).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);

        mayAnswer.SetResult();
        (await Task.WhenAll(underway)).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        // A client has its answer a moment before its place is free.
        await Eventually.Passes(async () => (await Browse(100)).StatusCode.ShouldBe(HttpStatusCode.OK));
    }
}
