using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Drills.Books;
using MiStore.Drills.Faults;
using MiStore.Drills.Selling;
using MiStore.Testing;

namespace MiStore.Drills;

/// <param name="Units">On sale; buyers come for about a tenth more.</param>
public sealed record RunSettings(int Seed, int Units = 10_000, int Buyers = 64)
{
    /// <summary>The most that a sale may take, whatever happens to it.</summary>
    public TimeSpan SaleWithin { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>What came of a drill.</summary>
/// <param name="Findings">Every one has to be nought.</param>
/// <param name="Skipped">Why it could not be held here; null otherwise.</param>
public sealed record Outcome(
    Drill Drill, RunSettings Settings, TimeSpan ColdStart, TimeSpan Sale, TimeSpan? Settled, FourBooks? Books,
    IReadOnlyList<Finding> Findings, IReadOnlyList<Strike> Strikes, IReadOnlyList<Recovery> Recoveries, IReadOnlyList<string> Notes,
    string? Skipped = null)
{
    public bool IsGood => Skipped is not null || Findings.All(finding => finding.IsGood);
}

/// <param name="Accepted">Orders that were sent and acknowledged while it lasted.</param>
/// <param name="P99">How long these took; of a short one, those of its first five seconds. Null where there were none.</param>
/// <param name="OtherwiseP99">And those of as long before and after it that met no strike.</param>
public sealed record Strike(string What, int Attempts, TimeSpan After, TimeSpan Lasted, int Accepted, TimeSpan? P99, TimeSpan? OtherwiseP99);

/// <summary>Holds one drill: a store of its own, a sale, the faults in their places, and then the books.</summary>
public static class Run
{
    const int SmallDiskMegabytes = 640;

    static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(5);

    /// <param name="before">For a negative control: what is taken from the store before the sale.</param>
    /// <param name="after">And what is done to it afterwards, before its books are read.</param>
    public static async Task<Outcome> Hold(
        Drill drill, RunSettings settings, Func<Store, Task>? before = null, Func<Store, Sale, Task>? after = null, CancellationToken cancellation = default)
    {
        if (drill.NeedsSmallDisk && !(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess))
            return Skip(drill, settings, "a small file system can be mounted by root only");

        string? disk = null;
        var orders = Path.Combine(Path.GetTempPath(), $"mistore-crash-points-{Guid.NewGuid():n}.json");
        var stack = await Stack.Start(
            home =>
            {
                if (drill.NeedsSmallDisk)
                    Mount(disk = Directory.CreateDirectory(Path.Combine(home, "postgres")).FullName);
            },
            [
                .. drill.Settings,
                // What crashes again and again on purpose is not kept waiting for it.
                ("MISTORE_LONGEST_PAUSE", "0.5"),
                ("CrashPoints__File", orders),
            ]);
        await using var store = new Store(stack) { CrashPoints = orders };
        try
        {
            return await Hold(store, drill, settings, before, after, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The drill {drill.Name} could not be held to its end: {failure.Message}\n{store.LastLines(5)}", failure);
        }
        finally
        {
            File.Delete(orders);
            if (disk is not null)
            {
                await store.Stop();
                Shell("umount", disk);
            }
        }
    }

    static async Task<Outcome> Hold(
        Store store, Drill drill, RunSettings settings, Func<Store, Task>? before, Func<Store, Sale, Task>? after, CancellationToken cancellation)
    {
        await store.AllHealthy(TimeSpan.FromMinutes(2), cancellation);
        var batch = await store.Release(settings.Units, cancellation);
        if (before is not null)
            await before(store);
        var repeater = drill.RepeatsMessages ? await Broker.Repeater.Start(store, settings.Seed, cancellation) : null;
        await using var effects = drill.RepeatsMessages ? await Broker.Effects.Start(store, cancellation) : null;

        var pace = new Pace(settings.Units + settings.Units / 10 + settings.Buyers);
        var sale = new Sale(store, pace, new SaleSettings(settings.Seed, settings.Buyers, drill.Cards, drill.Twins));
        var scene = new Scene(store, pace, settings.Units);

        var began = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(settings.SaleWithin);
        var faults = Play();
        await sale.Run(deadline.Token);
        var lasted = watch.Elapsed;
        await faults;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        await store.AllHealthy(TimeSpan.FromMinutes(2), cancellation);
        var recoveries = await scene.Recoveries(sale.Attempts);
        var settled = await Settle(store, drill.SettlesWithin, cancellation);
        if (repeater is not null)
        {
            await repeater.DisposeAsync();
            scene.Notes.Add($"{repeater.Repeated} messages repeated");
            settled = await Settle(store, drill.SettlesWithin, cancellation) is { } more ? settled + more : null;
        }

        var replays = await Replays(store, sale, settings.Seed, cancellation);
        if (after is not null)
            await after(store, sale);

        var books = await ReadBooks.All(store, batch, settings.Units, sale, cancellation);
        var strikes = Strikes(scene, sale, began);
        return new Outcome(
            drill, settings, store.ColdStart, lasted, settled, books,
            [.. Verdict.Of(books), replays, .. effects is null ? [] : (Finding[])[effects.Find()], .. Special(drill, books, strikes, scene)], strikes, recoveries, scene.Notes);

        async Task Play()
        {
            try
            {
                await scene.Play(drill.Schedule(new Random(settings.Seed), settings.Units), deadline.Token);
            }
            catch (OperationCanceledException)
            {
                scene.Failures.Add("not all faults came to pass in time");
            }
            finally
            {
                pace.Gate = int.MaxValue;
                if (drill.EndsWithFaults)
                    pace.Close();
            }
        }
    }

    // An order is compared with those before and after the strike, for as long as it lasted: a store that has just opened is slower
    // than the same store half a minute later.
    static List<Strike> Strikes(Scene scene, Sale sale, DateTimeOffset began)
    {
        var acknowledged = sale.Attempts.Where(attempt => attempt.Ending == Ending.Acknowledged).ToList();
        var felt = scene.Struck
            .Select(strike => (strike.From, To: strike.To - strike.From < ShortestWindow ? strike.From + ShortestWindow : strike.To))
            .ToList();
        return
        [
            .. scene.Struck.Zip(felt, (strike, window) => new Strike(
                strike.Fault.What, strike.Attempts, strike.From - began, strike.To - strike.From,
                acknowledged.Count(attempt => attempt.SentAt >= strike.From && attempt.AnsweredAt <= strike.To),
                P99(acknowledged.Where(attempt => attempt.SentAt >= window.From && attempt.SentAt <= window.To)),
                P99(acknowledged.Where(attempt => IsNear(attempt, window) && !felt.Exists(any => Meets(attempt, any)))))),
        ];

        static bool Meets(Attempt attempt, (DateTimeOffset From, DateTimeOffset To) window) =>
            attempt.AnsweredAt >= window.From && attempt.SentAt <= window.To;

        static bool IsNear(Attempt attempt, (DateTimeOffset From, DateTimeOffset To) window) =>
            Meets(attempt, (window.From - (window.To - window.From), window.To + (window.To - window.From)));
    }

    static TimeSpan? P99(IEnumerable<Attempt> attempts)
    {
        var took = attempts.Select(attempt => attempt.AnsweredAt - attempt.SentAt).Order().ToList();
        return took.Count == 0 ? null : took[(int)Math.Ceiling(0.99 * took.Count) - 1];
    }

    // What holds for this drill and not for every one.
    static IEnumerable<Finding> Special(Drill drill, FourBooks books, List<Strike> strikes, Scene scene)
    {
        if (scene.Failures.Count > 0)
            yield return new Finding("faults that did not happen", scene.Failures.Count, string.Join("; ", scene.Failures));
        if (drill.IsUnfelt)
        {
            // Who hears "busy" is asked to come back by a machine with too much to do; what is dead says something else.
            var felt = books.Troubles.Where(trouble => trouble.Code != "busy").ToList();
            yield return new Finding(
                "tries of orders that failed", felt.Count,
                string.Join(", ", felt.GroupBy(trouble => (trouble.Status, trouble.Code)).Select(same => $"{same.Count()} x {same.Key.Status} {same.Key.Code}")));
        }

        if (drill.IsFelt)
            yield return new Finding("faults that no order noticed", books.Troubles.Any(trouble => trouble.Status == 503) ? 0 : strikes.Count);
        if (drill.SellsMeanwhile)
            yield return new Finding("faults in which no order was accepted", strikes.Count(strike => strike.Accepted == 0));
    }

    static async Task<TimeSpan?> Settle(Store store, TimeSpan within, CancellationToken cancellation)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < within; await Task.Delay(250, cancellation))
            if (await ReadBooks.Open(store, cancellation) == 0)
                return since.Elapsed;
        return null;
    }

    /// <summary>Keys that were acknowledged are sent once more: the same order has to come back, and no other status.</summary>
    static async Task<Finding> Replays(Store store, Sale sale, int seed, CancellationToken cancellation)
    {
        var acknowledged = sale.Attempts.Where(attempt => attempt.Ending == Ending.Acknowledged).OrderBy(attempt => attempt.Key, StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(acknowledged);
        using var client = new HttpClient { BaseAddress = store.Url };
        var wrong = new List<string>();
        foreach (var attempt in acknowledged.Take(100).Where(attempt => attempt.Body is not null))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders");
            request.Content = new StringContent(attempt.Body!, System.Text.Encoding.UTF8, "application/json");
            request.Headers.Add("Idempotency-Key", attempt.Key);
            using var answer = await client.SendAsync(request, cancellation);
            if ((int)answer.StatusCode != 200
                || (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetGuid() != attempt.OrderId)
                wrong.Add($"{attempt.Key}: {(int)answer.StatusCode}");
        }

        return new Finding("repeated keys answered otherwise", wrong.Count, string.Join("; ", wrong.Take(3)));
    }

    static Outcome Skip(Drill drill, RunSettings settings, string why) =>
        new(drill, settings, default, default, null, null, [], [], [], [], why);

    static void Mount(string folder) => Shell("mount", "-t", "tmpfs", "-o", $"size={SmallDiskMegabytes}m", "tmpfs", folder);

    static void Shell(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
