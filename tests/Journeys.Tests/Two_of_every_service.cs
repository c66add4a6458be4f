[assembly: AssemblyFixture(typeof(MiStore.Journeys.Tests.TwoOfEach))]

namespace MiStore.Journeys.Tests;

/// <summary>Each service twice, of which neither knows anything of the other: what one has sold the other must not sell.</summary>
public sealed class Two_of_every_service(TwoOfEach two)
{
    // Opened here already, while other journeys wait for something, and used again by those that come when they are done.
    [Fact]
    public async Task Open_together_and_all_of_them_are_well()
    {
        var stack = (await two.Open()).Stack;

        // One that is slow to say so on a busy machine is not counted as healthy until it does.
        await Eventually.Passes(async () =>
        {
            foreach (var service in new[] { "catalog", "pricing", "cart", "checkout", "storefront" })
                stack.Replicas(service).Select(one => one.State).ShouldBe(["healthy", "healthy"], service);
            (await stack.Client.Get("/health")).ShouldBe(HttpStatusCode.OK);
        });
    }
}

/// <summary>A second store, with two of every service, for whoever needs it; there is none where nobody does.</summary>
public sealed class TwoOfEach : IAsyncDisposable
{
    readonly Lazy<Task<ARush>> rush = new(() => ARush.Open(("MISTORE_REPLICAS", "2")));

    public Task<ARush> Open() => rush.Value;

    public async ValueTask DisposeAsync()
    {
        if (rush.IsValueCreated)
            await (await rush.Value).DisposeAsync();
    }
}
