using MiStore.Bench;
using MiStore.Bench.Doors;
using MiStore.Bench.Lane;
using MiStore.Bench.Purchases;
using MiStore.Bench.Search;
using MiStore.Bench.WaitingRoom;

// ./mistore bench: whatever a measurement needs is up, and the environment says where; the folder is for the figures.
switch (args)
{
    case ["lane", var folder, ..]:
        return Needed("TEST_POSTGRES") is { } server
            ? await CompareDesigns.Run(server, folder, new Plan(
                Seconds: Option("--seconds", 3), Rounds: Option("--rounds", 3), ExistingOrders: Option("--orders", 1_000_000), Callers: [64, 256]))
            : 2;
    case ["search", var folder, ..]:
        return Needed("TEST_POSTGRES") is not null
            ? await MeasureSearch.Run(folder, new SearchPlan(
                Seconds: Option("--seconds", 6), Products: Option("--products", 10_000), Callers: Option("--callers", 4)))
            : 2;
    case ["gateway", var folder, var gatewayDll, ..]:
        return Needed("TEST_RABBITMQ") is { } broker
            ? await CompareWithBare.Run(broker, folder, gatewayDll, seconds: Option("--seconds", 5), rounds: Option("--rounds", 3))
            : 2;
    case ["waiting-room", var folder, ..]:
        return await HoldSale.Run(folder, new SalePlan(
            Option("--buyers", 50_000), Option("--units", 1000), Option("--early", 30), Option("--late", 12), Option("--connections", 256)));
    case ["purchases", var folder, ..]:
        return await ComparePurchases.Run(folder, new PurchasePlan(
            Seconds: Option("--seconds", 10), Rounds: Option("--rounds", 3), WarmUp: Option("--warm-up", 15), Buyers: Option("--buyers", 64),
            Existing: Option("--existing", 0), Replicas: Option("--replicas", 1), Overload: args.Contains("--overload") ? Option("--overload", 60) : 0,
            Statements: args.Contains("--statements")));
    case ["overall", var folder, var since]:
        return Overall.Show(folder, since);
    case ["bare", var url]:
        return await BareKestrel.Run(url);
    default:
        Console.Error.WriteLine("bench lane FOLDER [--seconds 3] [--rounds 3] [--orders 1000000]");
        Console.Error.WriteLine("bench search FOLDER [--seconds 6] [--products 10000] [--callers 4]");
        Console.Error.WriteLine("bench purchases FOLDER [--seconds 10] [--rounds 3] [--warm-up 15] [--buyers 64] [--existing N] [--replicas N] [--overload] [--statements]");
        Console.Error.WriteLine("bench waiting-room FOLDER [--buyers 50000] [--units 1000] [--early 30] [--late 12] [--connections 256]");
        Console.Error.WriteLine("bench gateway FOLDER GATEWAY.dll [--seconds 5] [--rounds 3]");
        return 2;
}

static string? Needed(string name)
{
    if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
        return value;
    Console.Error.WriteLine($"{name} is not set: the address of a server to measure on. ./mistore bench sets it.");
    return null;
}

// An option without a number is on, with what it has by itself.
int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at && int.TryParse(args.ElementAtOrDefault(at + 1), out var number) ? number : otherwise;
