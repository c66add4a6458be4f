using Aspire.Hosting.ApplicationModel;

namespace MiStore.Local;

/// <summary>One process that a stack keeps running: a server, or one replica of a project.</summary>
abstract class Workload(string name, string kind, IResource resource, Home home)
{
    public string Name { get; } = name;

    public string Kind { get; } = kind;

    /// <summary>What stands in AppHost.cs. A resource is healthy when all of its processes are.</summary>
    public IResource Resource { get; } = resource;

    public abstract string? Url { get; }

    public string Log => Home.Log(Name);

    /// <summary>What ends it in good order.</summary>
    public virtual Signal StopSignal => Signal.Terminate;

    public virtual TimeSpan StopsWithin => TimeSpan.FromSeconds(15);

    /// <summary>What the kernel sends it when the AppHost dies without a word.</summary>
    public virtual Signal OrphanSignal => StopSignal;

    public virtual IEnumerable<IResource> WaitsFor => [];

    /// <summary>From 0 to 19: how far it gives way to others where processor time is short.</summary>
    public int Niceness { get; init; }

    /// <summary>Whether it waits, when it wakes, until whoever is at work waits too or has had its turn.</summary>
    public bool LetsOthersFinish { get; init; }

    protected Home Home { get; } = home;

    /// <summary>Puts in order what the process needs. Runs before every start, so it also clears up after a crash.</summary>
    public virtual Task Prepare(CancellationToken cancellation) => Task.CompletedTask;

    public abstract Launch Launch();

    /// <summary>Whether it can be used now; any exception means no.</summary>
    public abstract Task<bool> IsHealthy(CancellationToken cancellation);
}

/// <summary>A command line, where it runs, and what its environment has more (or, with null, less) than the AppHost's.</summary>
sealed record Launch(IReadOnlyList<string> Command, string Folder, IReadOnlyDictionary<string, string?> Environment)
{
    /// <summary>Words before the command that make it run as another user.</summary>
    public IReadOnlyList<string> AsUser { get; init; } = [];
}
