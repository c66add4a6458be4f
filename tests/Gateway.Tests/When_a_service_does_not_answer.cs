using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MiStore.Gateway.Tests;

public sealed class When_a_service_does_not_answer : IAsyncLifetime
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    TestBroker broker = null!;
    Upstream alive = null!;
    ServiceUnderTest<Program> gateway = null!;

    public async ValueTask InitializeAsync()
    {
        broker = await TestBroker.Create();
        alive = await Upstream.Start();
        await using var gone = await Upstream.Start();
        gateway = await Door.Before(broker, alive.Address, alive.Address, alive.Address, checkout: gone.Address).Start();
        await gone.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await alive.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task The_client_hears_that_it_may_try_again()
    {
        var answer = await gateway.Client.GetAsync("/api/orders/1", Now);

        await answer.ShouldBeProblem(503, "service-unavailable");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_service_that_hangs_up_half_way_is_no_empty_answer()
    {
        alive.Answer("/api/carts/hangs-up", http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        await (await gateway.Client.GetAsync("/api/carts/hangs-up", Now)).ShouldBeProblem(503, "service-unavailable");
    }

    [Fact]
    public async Task The_other_parts_of_the_shop_go_on() =>
        (await gateway.Client.GetAsync("/api/carts/1", Now)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public Task Health_says_which_service_it_is() => Eventually.Passes(async () =>
    {
        var answer = await gateway.Client.GetAsync("/health", Now);
        var health = (await answer.Content.ReadFromJsonAsync<JsonObject>(Now))!;

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string?)health["checks"]!["checkout"]).ShouldBe("unhealthy");
        ((string?)health["checks"]!["catalog"]).ShouldBe("healthy");
    });

    [Fact]
    public async Task The_gateway_itself_is_alive() =>
        (await gateway.Client.GetAsync("/alive", Now)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task The_document_of_the_API_says_whose_part_is_missing()
    {
        alive.Answer("/openapi/v1.json", """{"openapi":"3.1.1","paths":{"/api/carts":{"post":{}},"/webhooks":{"post":{}}},"components":{}}""");

        // Who is slower than three seconds is missing too; the next asking may find them.
        await Eventually.Passes(async () =>
        {
            var document = (await gateway.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json", Now))!;

            ((string?)document["info"]!["description"]).ShouldEndWith("at the moment: checkout.");
            document["paths"]!["/api/carts"].ShouldNotBeNull();
            document["paths"]!["/webhooks"].ShouldBeNull();
        });
    }
}

public sealed class When_one_replica_of_two_is_gone
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_other_gets_its_requests()
    {
        await using var broker = await TestBroker.Create();
        await using var alive = await Upstream.Start();
        await using var gone = await Upstream.Start();
        await using var gateway = await Door.Before(broker, alive.Address, alive.Address, alive.Address, alive.Address)
            .With("services:cart:http:1", gone.Address)
            .Start();
        await Eventually.True(async () =>
        {
            await gateway.Client.GetAsync("/api/carts/1", Now);
            return alive.Requests.Count > 0 && gone.Requests.Count > 0;
        });

        await gone.DisposeAsync();

        // At once, and not only what may be asked twice: a refused connection has reached nobody.
        foreach (var _ in Enumerable.Range(0, 20))
        {
            (await gateway.Client.GetAsync("/api/carts/1", Now)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await gateway.Client.PostAsync("/api/carts", new StringContent("{}"), Now)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        alive.Requests.Where(request => request.Method == "POST").ShouldAllBe(request => request.Body == "{}");
        alive.Requests.Count(request => request.Method == "POST").ShouldBe(20);
        await Eventually.Passes(async () => (await gateway.Client.GetAsync("/health", Now)).StatusCode.ShouldBe(HttpStatusCode.OK));
    }
}

public sealed class When_a_replica_breaks_off
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_only_reads_is_asked_of_the_other_and_what_writes_is_not()
    {
        await using var broker = await TestBroker.Create();
        await using var good = await Upstream.Start();
        await using var bad = await Upstream.Start();
        await using var gateway = await Door.Before(broker, good.Address, good.Address, good.Address, good.Address)
            .With("services:cart:http:1", bad.Address)
            .Start();
        foreach (var path in new[] { "/api/carts/1", "/api/carts" })
            bad.Answer(path, http =>
            {
                http.Abort();
                return Task.CompletedTask;
            });

        // Each replica gets about half, until the bad one is passed by for a while.
        var writes = new List<HttpStatusCode>();
        await Eventually.True(async () =>
        {
            (await gateway.Client.GetAsync("/api/carts/1", Now)).StatusCode.ShouldBe(HttpStatusCode.OK);
            writes.Add((await gateway.Client.PostAsync("/api/carts", new StringContent("{}"), Now)).StatusCode);
            return bad.CountOf("/api/carts/1") > 0 && bad.CountOf("/api/carts") > 0;
        });

        writes.Count(status => status == HttpStatusCode.ServiceUnavailable).ShouldBe(bad.CountOf("/api/carts"));
        good.CountOf("/api/carts").ShouldBe(writes.Count(status => status == HttpStatusCode.OK));
    }
}

public sealed class When_the_gateway_does_not_know_where_a_service_is
{
    [Fact]
    public async Task It_says_so_and_does_not_start()
    {
        var broker = await TestBroker.Create();
        await using var _ = broker;

        var fault = await Should.ThrowAsync<InvalidOperationException>(
            () => Door.Before(broker, "http://127.0.0.1:1", "http://127.0.0.1:1", "http://127.0.0.1:1", null!).Start());

        fault.Message.ShouldBe("No address for checkout: the setting services:checkout:http:0 is missing. The AppHost supplies it; see AppHost.cs.");
    }
}
