using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using MiStore.Drills.Selling;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace MiStore.Drills.Faults;

/// <summary>Something that happens to the store at a point of the sale.</summary>
/// <param name="What">For the report.</param>
/// <param name="Victims">Resources that have to be well before it strikes.</param>
public abstract record Fault(string What, IReadOnlyList<string> Victims)
{
    /// <summary>Strikes, and returns when it has passed; what it killed need not be back by then.</summary>
    public abstract Task Strike(Scene scene, CancellationToken cancellation);

    /// <summary>kill -9 of one or several at the same moment.</summary>
    public sealed record Kill(params string[] Names) : Fault("kill -9 " + string.Join(", ", Names), Names)
    {
        public override Task Strike(Scene scene, CancellationToken cancellation)
        {
            var pids = Names.Select(name => (name, scene.Store.Resource(name).Pid!.Value)).ToList();
            foreach (var (name, pid) in pids)
                scene.Watch(name, pid, cancellation);
            foreach (var (_, pid) in pids)
                Signals.KillTree(pid);
            return Task.CompletedTask;
        }
    }

    /// <summary>Kills it as often as it comes back, for so long.</summary>
    public sealed record KeepDead(string Name, TimeSpan For) : Fault($"{Name} dead for {For.TotalSeconds:0} s", [Name])
    {
        public override async Task Strike(Scene scene, CancellationToken cancellation)
        {
            int? last = null;
            for (var since = Stopwatch.StartNew(); since.Elapsed < For; await Task.Delay(20, cancellation))
                if (scene.Store.Resource(Name).Pid is { } pid && pid != last)
                    Signals.KillTree((last = pid).Value);
            scene.Watch(Name, last, cancellation);
        }
    }

    /// <summary>Redis forgets everything.</summary>
    public sealed record FlushRedis() : Fault("redis: FLUSHALL", ["redis"])
    {
        public override async Task Strike(Scene scene, CancellationToken cancellation)
        {
            var parts = scene.Store.Redis.Split(',');
            var password = parts.First(part => part.StartsWith("password=", StringComparison.Ordinal))["password=".Length..];
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", int.Parse(parts[0].Split(':')[1]), cancellation);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {password}\r\nFLUSHALL\r\n"), cancellation);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            if (await reader.ReadLineAsync(cancellation) != "+OK" || await reader.ReadLineAsync(cancellation) != "+OK")
                throw new InvalidOperationException("Redis would not be flushed.");
        }
    }

    /// <summary>The file system under PostgreSQL has not one byte left, for so long.</summary>
    public sealed record FullDisk(TimeSpan For) : Fault($"postgres: disk full for {For.TotalSeconds:0} s", ["postgres"])
    {
        public override async Task Strike(Scene scene, CancellationToken cancellation)
        {
            var ballast = Path.Combine(scene.Store.Home, "postgres", "ballast");
            for (var since = Stopwatch.StartNew(); since.Elapsed < For; await Task.Delay(100, cancellation))
                Fill(ballast);
            File.Delete(ballast);
            scene.Watch("postgres", null, cancellation);
        }

        // Again and again: PostgreSQL frees a little when a transaction fails.
        static void Fill(string ballast)
        {
            using var file = new FileStream(ballast, FileMode.Append, FileAccess.Write, FileShare.Read, 0);
            for (var block = new byte[1 << 20]; block.Length >= 512;)
                try
                {
                    file.Write(block);
                }
                catch (IOException)
                {
                    block = new byte[block.Length / 2];
                }
        }
    }

    /// <summary>
    /// Checkout dies at named places in its own code, each of them so many times: every life is told at its birth at
    /// which passing of which point it ends.
    /// </summary>
    /// <param name="Only">The one point; null for all of them.</param>
    public sealed record DieAtPoints(int Times, int Seed, TimeSpan Within, string? Only = null)
        : Fault($"checkout dies {Times} times at {Only ?? $"each of {Points.Length} points"}", ["checkout"])
    {
        /// <summary>The names are CrashPoint.Pass's, and the numbers the latest passing: some are passed seldom.</summary>
        public static readonly (string Name, int Most)[] Points =
        [
            ("turn-decided", 12), ("turn-committed", 12), ("outbox-published", 8), ("charge-answered", 40), ("hold-ending", 3),
        ];

        public override async Task Strike(Scene scene, CancellationToken cancellation)
        {
            var random = new Random(Seed);
            var attempts = scene.Pace.Gate == int.MaxValue ? scene.Units : scene.Pace.Gate;
            var points = Points.Where(point => Only is null || point.Name == Only).ToList();
            var share = Math.Max(20, attempts / (points.Count * Times));
            var (pid, first) = (scene.Store.Resource("checkout").Pid, true);
            for (var since = Stopwatch.StartNew(); since.Elapsed < Within;)
            {
                var hits = Hits(scene.Store, points);
                var left = points.Where(point => hits[point.Name] < Times).ToList();
                if (left.Count == 0)
                    break;

                var next = left[random.Next(left.Count)];
                await File.WriteAllTextAsync(
                    scene.Store.CrashPoints, $$$"""{"CrashPoints":{"{{{next.Name}}}":"{{{random.Next(1, next.Most + 1)}}}"}}""", cancellation);
                scene.Pace.Gate = scene.Pace.Finished + share;
                if (first)
                    Signals.KillTree(pid!.Value);
                first = false;
                pid = await Successor(scene, pid, cancellation);
            }

            File.Delete(scene.Store.CrashPoints);
            foreach (var (name, times) in Hits(scene.Store, points))
                scene.Notes.Add($"{name}: {times} times");
            if (Hits(scene.Store, points).Values.Any(times => times < Times))
                scene.Failures.Add($"not every crash point was hit {Times} times within {Within.TotalSeconds:0} s");
        }

        /// <summary>Waits for the present life to end, helping it on where nothing brings it to its point, and for the next to be well.</summary>
        static async Task<int?> Successor(Scene scene, int? pid, CancellationToken cancellation)
        {
            for (var since = Stopwatch.StartNew(); scene.Store.Resource("checkout").Pid is { } now && now == pid;)
            {
                await Task.Delay(30, cancellation);
                if (since.Elapsed > TimeSpan.FromSeconds(3))
                    scene.Pace.Gate = Math.Max(scene.Pace.Gate, scene.Pace.Finished + 64);
                if (since.Elapsed > TimeSpan.FromSeconds(20))
                    Signals.KillTree(pid.Value);
            }

            // Healthy, or dead again by then: it has read its orders either way.
            int? next = null;
            for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(30, cancellation))
            {
                var now = scene.Store.Resource("checkout");
                if (now.Pid is not null && now.Pid != pid)
                    next ??= now.Pid;
                if (next is not null && (now.State == "healthy" || now.Pid != next))
                    return now.Pid ?? next;
            }

            return next;
        }

        static Dictionary<string, int> Hits(Store store, IReadOnlyList<(string Name, int Most)> points)
        {
            var log = store.Log("checkout");
            return points.ToDictionary(point => point.Name, point => log.Split($"Crash point {point.Name}:").Length - 1);
        }
    }

    /// <summary>
    /// In each of three queues so many messages that are no JSON, as many that lack what the consumer needs, and as many of a
    /// kind that is not known here. They have to be put aside, each with its reason; then somebody has seen to them.
    /// </summary>
    public sealed record Poison(int Each) : Fault($"{3 * Each} unreadable messages in each of {Queues.Length} queues", [])
    {
        static readonly (string Queue, string Type)[] Queues =
        [
            ("checkout-offer-published", "MiStore.Contracts.Offers:OfferPublished"),
            ("catalog-availability-changed", "MiStore.Contracts.Stock:AvailabilityChanged"),
            ("cart-offer-published", "MiStore.Contracts.Offers:OfferPublished"),
        ];

        static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        public override async Task Strike(Scene scene, CancellationToken cancellation)
        {
            await using var connection = await Broker.Connect(scene.Store, cancellation);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            foreach (var (queue, type) in Queues)
                for (var i = 0; i < Each; i++)
                    foreach (var body in new[] { "{", Envelope(type, """{"market":7}"""), Envelope(type + "OfTomorrow", "{}") })
                        await channel.BasicPublishAsync(
                            "", queue, mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = Guid.NewGuid().ToString() },
                            Encoding.UTF8.GetBytes(body), cancellation);

            foreach (var (queue, _) in Queues)
            {
                var (aside, unexplained) = (0, 0);
                for (var since = Stopwatch.StartNew(); aside < 3 * Each && since.Elapsed < Patience; await Task.Delay(100, cancellation))
                    foreach (var name in new[] { queue + "_error", queue + "_skipped" })
                        while (await Next(connection, name, cancellation) is { } message)
                        {
                            aside++;
                            if (message.BasicProperties.Headers?.ContainsKey("MT-Reason") is not true)
                                unexplained++;
                        }

                if (aside != 3 * Each || unexplained > 0)
                    scene.Failures.Add($"{queue}: of {3 * Each} unreadable messages {aside} were put aside, {unexplained} of them without a reason");
            }
        }

        // A queue that is not there yet closes the channel that asks for it, so each look has a channel of its own.
        static async Task<BasicGetResult?> Next(IConnection connection, string queue, CancellationToken cancellation)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            try
            {
                return await channel.BasicGetAsync(queue, autoAck: true, cancellation);
            }
            catch (OperationInterruptedException)
            {
                return null;
            }
        }

        static string Envelope(string type, string message) =>
            $$"""{"messageId":"{{Guid.NewGuid()}}","messageType":["urn:message:{{type}}"],"message":{{message}}}""";
    }

    /// <summary>Something done to the store's insides by hand, for a negative control.</summary>
    public sealed record Sabotage(string Deed, Func<Store, Task> Do) : Fault(Deed, ["postgres"])
    {
        public override Task Strike(Scene scene, CancellationToken cancellation) => Do(scene.Store);
    }
}

/// <param name="At">After how many attempts of the sale; buyers wait there until the victims are well.</param>
/// <param name="Later">So many attempts after that it strikes, with everybody under way.</param>
public sealed record Scheduled(int At, int Later, Fault Fault);

/// <summary>How long something that was struck was away.</summary>
/// <param name="Healthy">From the blow to the next good health check of its successor; null if never.</param>
/// <param name="Orders">From the blow to the answer of the first order that was sent after it; null if there was none.</param>
public sealed record Recovery(string Name, DateTimeOffset At, TimeSpan? Healthy, TimeSpan? Orders);

/// <summary>Where a fault happens: the store, how far the sale is, and what there is to write down.</summary>
public sealed class Scene(Store store, Pace pace, int units)
{
    readonly Dictionary<string, int?> killed = [];
    readonly List<Task<(string Name, DateTimeOffset At, TimeSpan? Healthy)>> watches = [];

    public Store Store => store;

    public Pace Pace => pace;

    public int Units => units;

    public List<(DateTimeOffset From, DateTimeOffset To, int Attempts, Fault Fault)> Struck { get; } = [];

    public List<string> Notes { get; } = [];

    public List<string> Failures { get; } = [];

    /// <summary>From now until another process than the killed one is healthy.</summary>
    public void Watch(string name, int? pid, CancellationToken cancellation)
    {
        var at = DateTimeOffset.UtcNow;
        killed[name] = pid;
        watches.Add(Task.Run(async () =>
        {
            try
            {
                await store.BackAgain(name, pid, cancellation);
                return (name, at, (TimeSpan?)(DateTimeOffset.UtcNow - at));
            }
            catch (OperationCanceledException)
            {
                return (name, at, null);
            }
        }, CancellationToken.None));
    }

    /// <summary>Lets everything happen in its order.</summary>
    public async Task Play(IReadOnlyList<Scheduled> schedule, CancellationToken cancellation)
    {
        foreach (var next in schedule)
        {
            pace.Gate = next.At;
            await pace.Until(Math.Min(next.At, units) - 64, cancellation);
            foreach (var victim in next.Fault.Victims)
                // What was killed a moment ago may still be called healthy.
                await store.BackAgain(victim, killed.GetValueOrDefault(victim), cancellation);

            pace.Gate = int.MaxValue;
            await pace.Until(next.At + next.Later, cancellation);
            var (from, attempts) = (DateTimeOffset.UtcNow, pace.Finished);
            await next.Fault.Strike(this, cancellation);
            Struck.Add((from, DateTimeOffset.UtcNow, attempts, next.Fault));
        }

        pace.Gate = int.MaxValue;
    }

    public async Task<IReadOnlyList<Recovery>> Recoveries(IEnumerable<Attempt> attempts)
    {
        var answered = attempts.Where(attempt => attempt.Ending != Ending.Unresolved).OrderBy(attempt => attempt.AnsweredAt).ToList();
        return [.. (await Task.WhenAll(watches)).Select(watch => new Recovery(
            watch.Name, watch.At, watch.Healthy, answered.Find(attempt => attempt.SentAt >= watch.At)?.AnsweredAt - watch.At))];
    }
}
