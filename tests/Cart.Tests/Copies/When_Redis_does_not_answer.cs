namespace MiStore.Cart.Tests.Copies;

public sealed class When_Redis_does_not_answer : IAsyncLifetime
{
    TestBroker broker = null!;
    ServiceUnderTest<Program> service = null!;

    [Fact]
    public async Task The_cart_is_away_for_the_moment_and_says_so()
    {
        (await service.Client.Post("/api/carts", new { market = "US" })).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        (await service.Client.Get("/api/carts/AAAAAAAAAAAAAAAAAAAAAA")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        (await service.Client.Get("/health")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await service.Client.Get("/alive")).ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask InitializeAsync()
    {
        broker = await TestBroker.Create();
        // Nothing listens on port 1.
        service = await new ServiceUnderTest<Program>().Using(broker).With("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=500").Start();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await broker.DisposeAsync();
    }
}
