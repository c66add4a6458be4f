using System.Collections.Concurrent;

namespace MiStore.Launch.Tests;

/// <summary>
/// The whole store, started by its AppHost shortly before midnight in London, is asked all the time through its gateway.
/// Nothing is restarted, published or called for the opening: every service knows the instant.
/// </summary>
public sealed class Britain_opens_while_we_watch
{
    const string Band = "MI-BAND-BLK";

    static readonly DateTimeOffset Opening = DateTimeOffset.Parse("2015-06-01T00:00:00+01:00");
    static readonly TimeSpan FirstLead = TimeSpan.FromSeconds(75), LongestLead = TimeSpan.FromMinutes(4);
    static readonly TimeSpan Before = TimeSpan.FromSeconds(8);
    static readonly TimeSpan Agreement = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly ConcurrentBag<Sample> samples = [];

    [Fact]
    public async Task Nobody_sells_before_midnight_and_a_second_after_it_everybody_does()
    {
        _ = TestServers.Postgres; // where servers are missing, so are the programs that a stack starts
        await using var stack = await StartBeforeTheOpening();
        var offset = await OffsetOf(stack.Client);
        var cart = (await stack.Client.Post("/api/carts", new { market = "GB" })).ShouldBe(HttpStatusCode.Created)["id"].GetString();

        await Task.WhenAll(
            Watch("phase", offset, async () => (await stack.Client.Get("/api/markets/GB"))["phase"].GetString() == "open"),
            Watch("listing", offset, async () => StateOf(await stack.Client.Get("/api/markets/GB/products")) == "sellable"),
            Watch("cart", offset, async () => (await stack.Client.Put($"/api/carts/{cart}/lines/{Band}", new { quantity = 5 })).Status == 200),
            Watch("quote", offset, async () => (await Quote(stack.Client)).Status == 200));

        samples.Where(sample => sample.Answered < Opening && sample.Sells).ShouldBeEmpty();
        samples.Where(sample => sample.Asked >= Opening + Agreement && !sample.Sells).ShouldBeEmpty();
        foreach (var surface in samples.GroupBy(sample => sample.Surface))
            surface.ShouldContain(sample => sample.Answered < Opening, $"nobody looked at the {surface.Key} before the opening");

        var quote = (await Quote(stack.Client)).ShouldBe(HttpStatusCode.OK)["quote"].GetString();
        (await stack.Client.Ask(HttpMethod.Post, "/api/orders", new
        {
            quote, customer = new { email = "first@example.org", name = "First" },
            shippingAddress = new { name = "First", line1 = "1 Midnight Lane", city = "London", postalCode = "EC1A 1BB", country = "GB" },
            payment = new { method = "card", token = "tok_ok" },
        }, ("Idempotency-Key", Guid.NewGuid().ToString()))).ShouldBe(HttpStatusCode.Created);
    }

    // How long a stack takes to start depends on the machine; one that took too long has already opened, and says for how long.
    static async Task<Stack> StartBeforeTheOpening()
    {
        for (var lead = FirstLead; lead < LongestLead;)
        {
            var stack = await Stack.Start(("MISTORE_AT", (Opening - lead).ToString("O")));
            // The first answers of a process take their time, and it is not theirs that we watch.
            await stack.Client.Get("/api/markets/GB/products");
            await Quote(stack.Client);
            var cart = (await stack.Client.Post("/api/carts", new { market = "GB" })).ShouldBe(HttpStatusCode.Created)["id"].GetString();
            await stack.Client.Put($"/api/carts/{cart}/lines/{Band}", new { quantity = 1 });
            var late = (await stack.Client.Get("/api/markets/GB"))["serverTime"].GetDateTimeOffset() - (Opening - Before);
            if (late < TimeSpan.Zero)
                return stack;
            await stack.DisposeAsync();
            lead = (lead + late) * 1.5;
        }

        throw new TimeoutException($"The store did not start within {LongestLead}.");
    }

    async Task Watch(string surface, (TimeSpan Least, TimeSpan Most) offset, Func<Task<bool>> sells)
    {
        var asked = DateTimeOffset.UtcNow + offset.Most;
        if (Opening - Before - asked is { Ticks: > 0 } early)
            await Task.Delay(early);
        do
        {
            asked = DateTimeOffset.UtcNow + offset.Least;
            samples.Add(new Sample(surface, asked, await sells(), DateTimeOffset.UtcNow + offset.Most));
            await Task.Delay(Pause);
        }
        while (asked < Opening + Agreement * 3);
    }

    // The store's clock is somewhere between our asking and its answer; of ten answers the quickest tells it best.
    static async Task<(TimeSpan Least, TimeSpan Most)> OffsetOf(HttpClient client)
    {
        var offsets = new List<(TimeSpan Least, TimeSpan Most)>();
        for (var i = 0; i < 10; i++)
        {
            var asked = DateTimeOffset.UtcNow;
            var said = (await client.Get("/api/markets/GB"))["serverTime"].GetDateTimeOffset();
            offsets.Add((said - DateTimeOffset.UtcNow, said - asked));
        }

        return offsets.MinBy(offset => offset.Most - offset.Least);
    }

    static Task<Answer> Quote(HttpClient client) => client.Post("/api/quotes", new
    {
        market = "GB", lines = new[] { new { sku = Band, quantity = 1 } }, shippingMethod = "standard",
        destination = new { country = "GB", region = (string?)null, postalCode = "EC1A 1BB" },
    });

    static string? StateOf(Answer listing) => listing["items"].EnumerateArray()
        .SelectMany(product => product.At("variants").EnumerateArray())
        .Single(variant => variant.At("sku").GetString() == Band)
        .At("offer").At("state").GetString();

    /// <param name="Asked">The earliest that the store's clock can have shown before the request.</param>
    /// <param name="Answered">The latest that it can have shown after the answer.</param>
    sealed record Sample(string Surface, DateTimeOffset Asked, bool Sells, DateTimeOffset Answered);
}
