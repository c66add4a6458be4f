using MiStore.Bench.Lane;

// ./mistore bench lane: PostgreSQL is up and TEST_POSTGRES says where; the folder is for the figures.
if (args is not ["lane", var folder, .. var rest])
{
    Console.Error.WriteLine("bench lane FOLDER [--seconds 3] [--rounds 3] [--orders 1000000]");
    return 2;
}

var server = Environment.GetEnvironmentVariable("TEST_POSTGRES");
if (string.IsNullOrEmpty(server))
{
    Console.Error.WriteLine("TEST_POSTGRES is not set (an Npgsql connection string of a superuser). `./mistore bench lane` sets it.");
    return 2;
}

return await CompareDesigns.Run(server, folder, new Plan(
    Seconds: Option("--seconds", 3), Rounds: Option("--rounds", 3), ExistingOrders: Option("--orders", 1_000_000), Callers: [64, 256]));

int Option(string name, int otherwise) => Array.IndexOf(rest, name) is >= 0 and var at ? int.Parse(rest[at + 1]) : otherwise;
