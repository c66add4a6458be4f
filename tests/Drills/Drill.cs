using MiStore.Drills.Faults;

namespace MiStore.Drills;

/// <summary>What is to go wrong, and what has to hold all the same.</summary>
/// <param name="About">One sentence for people.</param>
/// <param name="Schedule">The faults, from a seed and the number of units; the same ones for the same two.</param>
public sealed record Drill(string Name, string About, Func<Random, int, IReadOnlyList<Scheduled>> Schedule)
{
    /// <summary>Settings of the stack, as environment variables.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    public IReadOnlyList<(string Token, int Parts)> Cards { get; init; } = [("tok_ok", 97), ("tok_declined", 3)];

    /// <summary>How many equal requests each attempt sends at once.</summary>
    public int Twins { get; init; } = 1;

    /// <summary>Every message comes three times.</summary>
    public bool RepeatsMessages { get; init; }

    /// <summary>What fails here must not be felt by a buyer at all: not one try of an order may fail.</summary>
    public bool IsUnfelt { get; init; }

    /// <summary>What fails here has to be felt: where nobody was refused with 503, the fault was none.</summary>
    public bool IsFelt { get; init; }

    /// <summary>Orders have to be accepted while the fault lasts.</summary>
    public bool SellsMeanwhile { get; init; }

    /// <summary>The sale ends with the last fault instead of with the last buyer.</summary>
    public bool EndsWithFaults { get; init; }

    /// <summary>PostgreSQL's data on a small file system of its own, so that it can be filled.</summary>
    public bool NeedsSmallDisk { get; init; }

    /// <summary>After the sale, and with everything healthy: until every order, its money and every message has an end.</summary>
    public TimeSpan SettlesWithin { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>All drills, by name.</summary>
public static class Drills
{
    // Holds that end and a provider that answers late, within the time of a drill.
    static readonly (string, string)[] ShortHolds = [("Reservations__HoldSeconds", "8"), ("Sandbox__LateSeconds", "12")];

    public static readonly IReadOnlyList<Drill> All =
    [
        new("service", "kill -9 of each service in turn, at random moments", (random, units) => Spread(random, units,
            [.. Enumerable.Range(0, units >= 5_000 ? 3 : 1).SelectMany(_ => Shuffled(random, Store.Services)).Select(name => new Fault.Kill(name))])),

        new("postgres", "kill -9 of PostgreSQL, all its processes at once", (random, units) => Spread(random, units, Times(5, () => new Fault.Kill("postgres")))),

        new("rabbitmq", "kill -9 of RabbitMQ; orders go on being accepted",
            (random, units) => Spread(random, units, Times(5, () => new Fault.Kill("rabbitmq"))))
        {
            IsUnfelt = true,
            // MassTransit tries again after up to half a minute, and a busy machine needs a while to be healthy.
            SettlesWithin = TimeSpan.FromSeconds(120),
        },

        new("redis", "kill -9 of Redis, and FLUSHALL; no order notices", (random, units) => Spread(random, units,
            [.. Times(5, () => new Fault.Kill("redis")), new Fault.FlushRedis()])) { IsUnfelt = true },

        new("everything", "kill -9 of all that runs, at the same moment", (random, units) => Spread(random, units,
            Times(units >= 5_000 ? 3 : 1, () => new Fault.Kill(["postgres", "rabbitmq", "redis", .. Store.Services])))),

        new("points", "Checkout dies at named places in its code: before a commit, after it, after publishing, after a charge, while holds end",
            (random, units) => [new(Math.Min(200, units / 10), 0, new Fault.DieAtPoints(10, random.Next(), TimeSpan.FromMinutes(12)))])
        {
            Settings = ShortHolds,
            Cards = [("tok_ok", 80), ("tok_late", 12), ("tok_fail_after", 4), ("tok_declined", 4)],
            EndsWithFaults = true,
            SettlesWithin = TimeSpan.FromSeconds(90),
        },

        new("duplicates", "every message three times, the last of them late; every order sent twice at once; a provider that repeats itself",
            (_, _) => [])
        {
            Cards = [("tok_ok", 4), ("tok_duplicate", 4), ("tok_order", 4), ("tok_before", 4), ("tok_fail_after", 4), ("tok_declined", 1)],
            Twins = 2,
            RepeatsMessages = true,
        },

        new("money", "a provider that is slow, silent, late, or fails after taking the money, while holds end; and dies in between",
            (random, units) => Spread(random, units, [new Fault.Kill("payment-sandbox"), new Fault.Kill("checkout")]))
        {
            Settings = ShortHolds,
            Cards = [("tok_ok", 60), ("tok_timeout", 8), ("tok_slow", 8), ("tok_late", 8), ("tok_fail_after", 8), ("tok_declined", 8)],
            SettlesWithin = TimeSpan.FromSeconds(120),
        },

        new("provider", "the payment provider is dead: orders wait and expire, units return, late money goes back",
            (random, units) => Spread(random, units, [new Fault.KeepDead("payment-sandbox", TimeSpan.FromSeconds(15))]))
        {
            Settings = ShortHolds,
            Cards = [("tok_ok", 80), ("tok_late", 10), ("tok_timeout", 10)],
            SellsMeanwhile = true,
            IsUnfelt = true,
            SettlesWithin = TimeSpan.FromSeconds(120),
        },

        new("broker", "RabbitMQ is dead for a while: orders are accepted, and heard of when it is back",
            (random, units) => Spread(random, units, [new Fault.KeepDead("rabbitmq", TimeSpan.FromSeconds(15))]))
        {
            SellsMeanwhile = true, IsUnfelt = true,
        },

        new("consumer", "Catalog hears nothing for a while: its queues wait for it, orders do not",
            (random, units) => Spread(random, units, [new Fault.KeepDead("catalog", TimeSpan.FromSeconds(20))]))
        {
            SellsMeanwhile = true, IsUnfelt = true,
        },

        new("poison", "messages that nobody can read, and some of a kind that nobody knows: put aside with the reason, and no neighbour waits",
            (random, units) => Spread(random, units, Times(3, () => new Fault.Poison(5)))) { IsUnfelt = true },

        new("disk", "PostgreSQL's disk is full: clear refusals, no promise without a commit, and it heals by itself",
            (random, units) => Spread(random, units, [new Fault.FullDisk(TimeSpan.FromSeconds(10))]))
        {
            NeedsSmallDisk = true, IsFelt = true, SettlesWithin = TimeSpan.FromSeconds(90),
        },
    ];

    public static IReadOnlyList<Scheduled> Spread(Random random, int units, IReadOnlyList<Fault> faults) =>
        [.. faults.Select((fault, i) => new Scheduled(
            // One in each part of the sale, somewhere in the part's first half.
            (int)((i + 0.25 + random.NextDouble() / 2) * units / (faults.Count + 0.5)), random.Next(5, Math.Max(10, units / 50)), fault))];

    static IReadOnlyList<Fault> Times(int times, Func<Fault> fault) => [.. Enumerable.Range(0, times).Select(_ => fault())];

    static string[] Shuffled(Random random, string[] names)
    {
        var order = names.ToArray();
        random.Shuffle(order);
        return order;
    }
}
