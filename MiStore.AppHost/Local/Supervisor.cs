using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace MiStore.Local;

/// <summary>
/// Starts each process when all that it waits for is healthy, starts it again when it ends by itself, and stops them all
/// in the opposite order.
/// </summary>
sealed class Supervisor
{
    const int FirstStarts = 5;
    static readonly TimeSpan PollWhileStarting = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan PollWhileSlow = TimeSpan.FromSeconds(1);
    static readonly TimeSpan PollWhileHealthy = TimeSpan.FromSeconds(5);

    // MISTORE_START_WITHIN, in seconds: a machine that has much else to do may need longer until something is healthy at all.
    static readonly TimeSpan FirstHealthWithin = Seconds("MISTORE_START_WITHIN") ?? TimeSpan.FromSeconds(100);

    // MISTORE_LONGEST_PAUSE, in seconds: the most that a drill, which kills one thing again and again, waits for its return.
    static readonly TimeSpan? LongestPause = Seconds("MISTORE_LONGEST_PAUSE");

    readonly IReadOnlyList<Workload> workloads;
    readonly StatusBoard board;
    readonly Dictionary<Workload, TaskCompletionSource> firstHealth;
    readonly Dictionary<Workload, Child> children = [];
    readonly CancellationTokenSource stopping = new();
    readonly List<Task> kept;

    public Supervisor(IReadOnlyList<Workload> workloads, StatusBoard board)
    {
        this.workloads = workloads;
        this.board = board;
        firstHealth = workloads.ToDictionary(
            workload => workload, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        kept = [.. workloads.Select(workload => Task.Run(() => Keep(workload)))];
    }

    /// <summary>Done when everything has been healthy once; faulted with a refusal when something would not start.</summary>
    public async Task Started()
    {
        await foreach (var first in Task.WhenEach(firstHealth.Values.Select(first => first.Task)))
            await first;
    }

    public async Task Stop()
    {
        stopping.Cancel();
        foreach (var layer in StopOrder.Of(workloads))
            await Task.WhenAll(layer.Select(Stop));
        await Task.WhenAll(kept);
    }

    /// <summary>For someone who presses Ctrl-C a second time.</summary>
    public void KillAll()
    {
        lock (children)
            foreach (var child in children.Values)
                child.Identity.KillGroup();
    }

    async Task Keep(Workload workload)
    {
        try
        {
            await Task.WhenAll(workload.WaitsFor.Select(Healthy)).WaitAsync(stopping.Token);
            await StartAgainAndAgain(workload);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            Fail(workload, failure);
        }
    }

    async Task StartAgainAndAgain(Workload workload)
    {
        var backOff = new BackOff(LongestPause);
        var sinceFirst = Stopwatch.StartNew();
        for (var starts = 1; ; starts++)
        {
            board.Set(workload.Name, one => one with { State = State.Starting });
            var healthyFor = TimeSpan.Zero;
            try
            {
                await workload.Prepare(stopping.Token);
                var child = await Start(workload);
                healthyFor = await Watch(workload, child, sinceFirst);
                if (!firstHealth[workload].Task.IsCompleted && starts == FirstStarts)
                    throw new Refusal($"{workload.Name} ended with code {child.ExitCode} at each of {starts} starts; {SeeLog(workload)}");
            }
            catch (Exception) when (firstHealth[workload].Task.IsCompleted && !stopping.IsCancellationRequested)
            {
                // It has been well before, so what stands in its way (a full disk, a port in use) may pass.
            }

            stopping.Token.ThrowIfCancellationRequested();
            board.Set(workload.Name, one => one with
            {
                State = State.Restarting, Pid = null, Started = null, Restarts = one.Restarts + 1,
            });
            await Task.Delay(backOff.After(healthyFor), stopping.Token);
        }
    }

    async Task<Child> Start(Workload workload)
    {
        var child = await Child.Start(workload);
        lock (children)
            children[workload] = child;
        board.Set(workload.Name, one => one with { Pid = child.Identity.Pid, Started = child.Identity.Started });
        // Born while everything else was being stopped.
        if (stopping.IsCancellationRequested)
            await child.Stop(workload.StopSignal, workload.StopsWithin);
        return child;
    }

    /// <summary>Follows the health of a process until it ends. Answers how long it was healthy.</summary>
    async Task<TimeSpan> Watch(Workload workload, Child child, Stopwatch sinceFirst)
    {
        Stopwatch? healthy = null;
        var lived = Stopwatch.StartNew();
        while (!child.Exit.IsCompleted)
        {
            var isHealthy = await Ask(workload, child);
            if (child.Exit.IsCompleted)
                break;

            if (stopping.IsCancellationRequested)
            {
                // Nobody asks any more how it is; Stop ends it.
                await child.Exit;
                break;
            }

            if (isHealthy)
            {
                healthy ??= Stopwatch.StartNew();
                board.Set(workload.Name, one => one with { State = State.Healthy });
                firstHealth[workload].TrySetResult();
            }
            else if (healthy is not null)
                board.Set(workload.Name, one => one with { State = State.Running });
            else if (!firstHealth[workload].Task.IsCompleted && sinceFirst.Elapsed > FirstHealthWithin)
                throw new Refusal($"{workload.Name} was not healthy within {FirstHealthWithin.TotalSeconds:0} s; {SeeLog(workload)}");

            await Task.WhenAny(child.Exit, Task.Delay(
                isHealthy ? PollWhileHealthy
                : lived.Elapsed < PollWhileHealthy ? PollWhileStarting
                : PollWhileSlow));
        }

        return healthy?.Elapsed ?? TimeSpan.Zero;
    }

    async Task<bool> Ask(Workload workload, Child child)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            var answer = workload.IsHealthy(patience.Token);
            await Task.WhenAny(answer, child.Exit);
            return answer.IsCompletedSuccessfully && answer.Result;
        }
        catch (Exception)
        {
            // Refused, reset, timed out, logging in too early: not healthy yet, whatever the reason.
            return false;
        }
    }

    async Task Stop(Workload workload)
    {
        Child? child;
        lock (children)
            child = children.GetValueOrDefault(workload);
        if (child is not null)
            await child.Stop(workload.StopSignal, workload.StopsWithin);

        board.Set(workload.Name, one => one with
        {
            State = one.State == State.Failed ? State.Failed : State.Stopped, Pid = null, Started = null,
        });
    }

    Task Healthy(IResource resource) => Task.WhenAll(firstHealth
        .Where(one => one.Key.Resource == Runner(resource))
        .Select(one => one.Value.Task));

    // A database is there when its server is healthy.
    public static IResource Runner(IResource resource) =>
        resource is PostgresDatabaseResource database ? database.Server : resource;

    static string SeeLog(Workload workload) => $"read {workload.Log}, put right what it says, and start again";

    static TimeSpan? Seconds(string variable) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    void Fail(Workload workload, Exception failure)
    {
        board.Set(workload.Name, one => one with { State = State.Failed });
        firstHealth[workload].TrySetException(failure);
    }
}
