using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiStore.Testing;

/// <summary>
/// The whole store: the AppHost as it was built, with a home and a port of its own, so that it meets neither a running
/// store nor another test's.
/// </summary>
public sealed class Stack : IAsyncDisposable
{
    // How long a start or a stop takes is the machine's affair; what does not come up at all says so itself.
    static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(10);
    static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(4);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    readonly Process appHost;
    readonly List<string> output = [];

    Stack(Process appHost, string home, int port)
    {
        this.appHost = appHost;
        Home = home;
        Url = new Uri($"http://localhost:{port}");
        Client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(3) };
    }

    /// <summary>Through the gateway, as anybody.</summary>
    public HttpClient Client { get; }

    public Uri Url { get; }

    /// <summary>The folder of its data, logs and state.</summary>
    public string Home { get; }

    /// <summary>From the start of the AppHost to the first 200 of the gateway.</summary>
    public TimeSpan TimeToFirstAnswer { get; private set; }

    /// <param name="settings">Further environment variables, such as MISTORE_AT for another day.</param>
    public static Task<Stack> Start(params (string Name, string Value)[] settings) => Start(_ => { }, settings);

    /// <param name="prepare">Is given the empty home before anything starts in it.</param>
    public static async Task<Stack> Start(Action<string> prepare, params (string Name, string Value)[] settings)
    {
        var dll = Built("MiStore.AppHost", "MiStore.AppHost.dll");
        var port = FreePort();
        // Not a private folder: PostgreSQL runs as a user of its own when we are root, and has to reach its data.
        var home = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"mistore-{Guid.NewGuid().ToString("n")[..8]}")).FullName;
        prepare(home);

        var start = new ProcessStartInfo("dotnet", [dll])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(dll),
            Environment =
            {
                ["MISTORE_HOME"] = home,
                ["MISTORE_PORT"] = port.ToString(),
                ["MISTORE_START_WITHIN"] = "300", // of each, and they come one after another
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["DOTNET_ENVIRONMENT"] = "Development",
            },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var stack = new Stack(new Process { StartInfo = start }, home, port);
        stack.appHost.OutputDataReceived += (_, line) => stack.Write(line.Data);
        stack.appHost.ErrorDataReceived += (_, line) => stack.Write(line.Data);
        stack.appHost.Start();
        stack.appHost.BeginOutputReadLine();
        stack.appHost.BeginErrorReadLine();

        try
        {
            await stack.WaitUntilHealthy();
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>The AppHost; everything else of the stack descends from it.</summary>
    public int ProcessId => appHost.Id;

    /// <summary>What runs, as the AppHost last wrote it down.</summary>
    public IReadOnlyList<StackResource> Resources() => State().GetProperty("resources").Deserialize<List<StackResource>>(Web)!;

    /// <summary>All replicas of a resource, of which there is one unless MISTORE_REPLICAS says more.</summary>
    public IReadOnlyList<StackResource> Replicas(string name) =>
        [.. Resources().Where(resource => resource.Name == name || resource.Name.StartsWith($"{name}-", StringComparison.Ordinal)
            && int.TryParse(resource.Name.AsSpan(name.Length + 1), out _))];

    /// <summary>The resource of that name; the first of its replicas where it has several.</summary>
    public StackResource Resource(string name) => Replicas(name)[0];

    /// <summary>Of a database or server of the stack, for looking behind the gateway.</summary>
    public string ConnectionString(string name) => State().GetProperty("connectionStrings").GetProperty(name).GetString()!;

    /// <summary>Resident memory of the AppHost and of each project, in bytes.</summary>
    public IReadOnlyDictionary<string, long> ProjectMemory()
    {
        var memory = new Dictionary<string, long> { ["apphost"] = WorkingSet(appHost.Id) };
        foreach (var resource in Resources().Where(resource => resource is { Kind: "project", Pid: not null }))
            memory[resource.Name] = WorkingSet(resource.Pid!.Value);
        return memory;
    }

    /// <summary>The last lines that each resource and the AppHost wrote.</summary>
    public string Logs(int lines = 40)
    {
        var text = new System.Text.StringBuilder("--- apphost\n");
        lock (output)
            text.AppendJoin('\n', output.TakeLast(lines)).AppendLine();

        var logs = new DirectoryInfo(Path.Combine(Home, "logs"));
        foreach (var log in logs.Exists ? logs.GetFiles("*.log").OrderBy(file => file.Name) : Enumerable.Empty<FileInfo>())
        {
            using var file = new StreamReader(new FileStream(log.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            text.Append("--- ").AppendLine(log.Name).AppendJoin('\n', file.ReadToEnd().Split('\n').TakeLast(lines)).AppendLine();
        }

        return text.ToString();
    }

    /// <summary>Ends a process of the stack at once, as a crash would: one, where there are replicas. The AppHost is to start it again.</summary>
    public void Kill(string resource)
    {
        using var process = Process.GetProcessById(Resource(resource).Pid
            ?? throw new InvalidOperationException($"{resource} has no process."));
        process.Kill();
    }

    /// <summary>As Ctrl-C does. Throws when the AppHost does not end by itself.</summary>
    public async Task Stop()
    {
        if (appHost.HasExited)
            return;

        SendSignal(appHost.Id, Terminate);
        using var deadline = new CancellationTokenSource(StopPatience);
        try
        {
            await appHost.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            appHost.Kill(entireProcessTree: true);
            throw new TimeoutException($"The AppHost did not stop within {StopPatience}.\n{Logs()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        try
        {
            await Stop();
        }
        finally
        {
            appHost.Dispose();
            Directory.Delete(Home, recursive: true);
        }
    }

    JsonElement State()
    {
        using var state = JsonDocument.Parse(File.ReadAllText(Path.Combine(Home, "state.json")));
        return state.RootElement.Clone();
    }

    async Task WaitUntilHealthy()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartPatience)
        {
            if (appHost.HasExited)
                throw new InvalidOperationException($"The AppHost ended with {appHost.ExitCode} before the store was up.\n{Logs()}");

            try
            {
                using var answer = await Client.GetAsync("/health");
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    TimeToFirstAnswer = Stopwatch.GetElapsedTime(started);
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet, or too busy with its start to say so.
            }

            await Task.Delay(Pause);
        }

        throw new TimeoutException($"The store was not up within {StartPatience}.\n{Logs()}");
    }

    void Write(string? line)
    {
        if (line is null)
            return;

        lock (output)
            output.Add(line);
    }

    /// <summary>A program of the repository, built in the same configuration as this test.</summary>
    public static string Built(string folder, string program)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "MiStore.sln")))
                continue;

            // bin/Debug/net10.0 here is bin/Debug/net10.0 there.
            var build = AppContext.BaseDirectory.Split("/bin/")[^1];
            var dll = Path.Combine(at.FullName, folder, "bin", build, program);
            return File.Exists(dll) ? dll : throw new FileNotFoundException($"{program} is not built: `dotnet build MiStore.sln`.", dll);
        }

        throw new DirectoryNotFoundException("These tests lie outside the repository.");
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    static long WorkingSet(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64;
    }

    const int Terminate = 15;

    [DllImport("libc", EntryPoint = "kill")]
    static extern int SendSignal(int pid, int signal);
}

/// <summary>One line of a stack's state.</summary>
/// <param name="Kind">project, or the server's kind.</param>
/// <param name="State">healthy, and others while it starts, ails or ends.</param>
public sealed record StackResource(
    string Name, string Kind, string State, int? Pid, string? Url, [property: JsonPropertyName("log")] string? LogFile);
