using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace MiStore.Local;

/// <summary>One run of the store, from the lock on its home to the last process stopped.</summary>
sealed class Stack(LocalApplicationBuilder builder)
{
    readonly Home home = builder.Home;
    readonly Stopwatch sinceStart = Stopwatch.StartNew();

    /// <summary>Answers the exit code.</summary>
    public async Task<int> Run()
    {
        using var held = home.TryLock() ?? throw new Refusal(AlreadyRunning(StackStatus.Read(home)));
        await Leftovers.End(home);

        using var asked = new Interruption();
        var selected = Selection.Of(builder.Resources, builder.Only);
        GivePortsAndPasswords();
        var door = selected.OfType<ProjectResource>().FirstOrDefault(project => project.IsExternal);
        RefuseTakenPorts(selected.OfType<ProjectResource>());
        var workloads = selected.SelectMany(Workloads).ToList();

        var board = new StatusBoard(home, Waiting(workloads, door));
        using var view = View.Of(board, sinceStart);
        var supervisor = new Supervisor(workloads, board);
        asked.Again += supervisor.KillAll;

        var failure = await WhatStoppedUs(supervisor, board, view, door, asked);

        board.Set(stack => stack with { Phase = StackStatus.Stopping });
        await supervisor.Stop();
        board.Set(stack => stack with { Phase = failure is null ? StackStatus.Stopped : StackStatus.Failed, Failure = failure?.Message });
        if (failure is null)
        {
            Console.WriteLine("Everything has stopped.");
            return 0;
        }

        Refusal.Say(failure);
        return 1;
    }

    /// <summary>Null when we were asked to stop, else why the store could not open.</summary>
    async Task<Exception?> WhatStoppedUs(
        Supervisor supervisor, StatusBoard board, View view, ProjectResource? door, Interruption asked)
    {
        try
        {
            await await Task.WhenAny(supervisor.Started(), asked.First);
        }
        catch (Exception failure)
        {
            view.Close();
            view.TailOf(board.Now.Resources.FirstOrDefault(one => one.State == State.Failed)?.Log);
            return failure;
        }

        view.Close();
        if (!asked.First.IsCompleted)
        {
            board.Set(stack => stack with { Phase = StackStatus.Open });
            Console.WriteLine(door is null
                ? $"Ready after {sinceStart.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", board.Now.Resources.Select(one => one.Name))}"
                : $"MiStore is open: {door.Url(0)} (after {sinceStart.Elapsed.TotalSeconds:0.0} s)");
            Console.WriteLine($"Hosting is Local: the servers are programs of this machine, not containers, because {Reason}.");
            await asked.First;
        }

        Console.WriteLine("Stopping.");
        return null;
    }

    void GivePortsAndPasswords()
    {
        foreach (var server in builder.Resources.OfType<ServerResource>())
        {
            server.Port = home.Port(server.Name);
            server.Password = home.Secret(server.Name);
            if (server is RabbitMQServerResource rabbitmq)
                rabbitmq.NodePort = home.Port($"{server.Name}-node");
        }

        foreach (var project in builder.Resources.OfType<ProjectResource>())
            for (var replica = 0; replica < project.Replicas; replica++)
                project.Ports.Add(replica == 0 && project.FixedPort is { } port ? port : home.Port($"{project.Name}-{replica}"));
    }

    static void RefuseTakenPorts(IEnumerable<ProjectResource> projects)
    {
        foreach (var project in projects.Where(project => project.FixedPort is not null))
            if (!Home.IsFree(project.Ports[0]) || !Home.IsFree(project.Ports[0], IPAddress.IPv6Loopback))
                throw new Refusal(
                    $"port {project.Ports[0]} is taken: stop what listens there, or open the {project.Name} elsewhere with MISTORE_PORT=8090 (./mistore up --port 8090)");
    }

    IEnumerable<Workload> Workloads(IResource resource) => resource switch
    {
        PostgresServerResource postgres =>
            [new PostgresServer(postgres, home) { Niceness = NicenessOf(postgres), LetsOthersFinish = IsAlone }],
        RedisResource redis => [new RedisServer(redis, home) { Niceness = NicenessOf(redis), LetsOthersFinish = IsAlone }],
        RabbitMQServerResource rabbitmq =>
            [new RabbitMqServer(rabbitmq, home) { Niceness = NicenessOf(rabbitmq), LetsOthersFinish = IsAlone }],
        ProjectResource project => Enumerable.Range(0, project.Replicas)
            .Select(replica => new ProjectProcess(project, replica, builder.Environment.EnvironmentName, home)
            {
                Niceness = NicenessOf(project), LetsOthersFinish = IsAlone,
            }),
        _ => [],
    };

    // In production the door comes first: one that waits for the processor like everybody else cannot turn away quickly what is too
    // much for those behind it. And so do those who take orders: a lane's turn that waits keeps everybody waiting who is in it. A store
    // to work on shares its machine with builds and tests, which are not to come before it.
    int NicenessOf(IResource resource) =>
        IsAlone && resource is not (ProjectResource { IsExternal: true } or { Name: "checkout" or "postgres" }) ? 10 : 0;

    // A dozen processes that wake each other for every request: by itself Linux lets who wakes push out who is at work, and both are
    // the slower for it. That is so among themselves; beside builds and tests they would only come last.
    bool IsAlone => builder.Environment.IsProduction();

    static StackStatus Waiting(IReadOnlyList<Workload> workloads, ProjectResource? door) => new(
        "Local",
        ProcessIdentity.Current,
        StackStatus.Starting,
        door?.Url(0),
        Failure: null,
        [.. workloads.Select(one => new ResourceStatus(one.Name, one.Kind, State.Waiting, null, null, one.Url, one.Log, 0))],
        workloads.Select(one => one.Resource).OfType<PostgresServerResource>().SelectMany(server => server.Databases)
            .Concat(workloads.Select(one => one.Resource).OfType<IResourceWithConnectionString>())
            .ToDictionary(one => one.Name, one => one.ConnectionString));

    static string AlreadyRunning(StackStatus? running) =>
        $"already running{(running?.Url is { } url ? $" at {url}" : "")}: ./mistore status shows it, ./mistore down stops it, another MISTORE_HOME and MISTORE_PORT start a second one";

    static string Reason => typeof(Stack).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(one => one.Key == "HostingReason")?.Value ?? "this build chose it";

    /// <summary>Ctrl-C, SIGTERM or a closed terminal: once to stop in good order, twice to stop at once.</summary>
    sealed class Interruption : IDisposable
    {
        readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly List<PosixSignalRegistration> heard;

        public Interruption() => heard =
        [
            .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
                .Select(signal => PosixSignalRegistration.Create(signal, Hear)),
        ];

        public event Action? Again;

        public Task First => first.Task;

        public void Dispose() => heard.ForEach(signal => signal.Dispose());

        void Hear(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (!first.TrySetResult())
                Again?.Invoke();
        }
    }
}
