[assembly: Xunit.AssemblyFixture(typeof(MiStore.Storefront.Tests.OpenStore))]
// A shopper mostly waits for what others do: browser, store, and payment.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace MiStore.Storefront.Tests;

/// <summary>One store for all of these tests, in June 2015, when everything is open.</summary>
public sealed class OpenStore : ServersFixture
{
    public Stack Stack { get; private set; } = null!;

    protected override async Task Start() => Stack = await Stack.Start(
        ("MISTORE_AT", "2015-06-02T12:00:00+02:00"),
        // Eight processes that live for two minutes are not worth being watched for what to make faster: a quarter of their work.
        ("DOTNET_TieredPGO", "0"),
        // Who does not compute waits for a place; nobody waits for a test that waits.
        ("WaitingRoom__PauseSeconds", "2"),
        // A network that has taken its places has not got one back by the time that a browser comes to a page.
        ("WaitingRoom__SecondsPerPlace", "3600"),
        ("WaitingRoom__PatienceSeconds", "60"));

    protected override async Task Stop() => await Stack.DisposeAsync();
}
