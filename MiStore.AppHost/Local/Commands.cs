using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MiStore.Local;

/// <summary>What <c>./mistore</c> asks this program for besides running the store. Each answers an exit code.</summary>
static class Commands
{
    /// <summary>Ends the process when the first argument is a command; otherwise AppHost.cs goes on.</summary>
    public static void RunIfAsked(string[] args, Home home)
    {
        Func<Task<int>>? command = args.FirstOrDefault() switch
        {
            "detach" => () => Detach.Run(home, args[1..]),
            "status" => () => Task.FromResult(Status(home, asJson: args.Contains("--json"))),
            "connection" => () => Task.FromResult(Connection(home, args.ElementAtOrDefault(1))),
            "down" => () => Down(home),
            "reset" => () => Reset(home, agreed: args.Contains("--yes")),
            "audit" => () => Audit.Run(home),
            "readiness" => () => Readiness.Run(home),
            "doctor" => () => Task.FromResult(Doctor.Run(home)),
            _ => null,
        };
        if (command is not null)
            Environment.Exit(command().GetAwaiter().GetResult());
    }

    static int Status(Home home, bool asJson)
    {
        var status = StackStatus.Read(home) is { IsRunning: true } running ? running : null;
        if (asJson)
            Console.WriteLine(status is null
                ? """{"running":false}"""
                : JsonSerializer.Serialize(new
                {
                    Running = true, status.Hosting, status.Phase, status.Url, AppHost = status.AppHost.Pid,
                    Resources = status.Resources.Select(one => one.Process is { IsAlive: false } ? one with { Pid = null } : one),
                    status.ConnectionStrings,
                }, Home.Indented));
        else if (status is null)
            Console.WriteLine("not running");
        else
        {
            Console.WriteLine($"MiStore ({status.Hosting}) is {status.Phase}{(status.Url is { } url ? $": {url}" : "")}");
            View.WriteTable(status.Resources);
            if (LastReport(home) is { } report)
                Console.WriteLine($"The last sale's report: {report}");
        }

        return status is null ? 1 : 0;
    }

    /// <summary>The page about the sale that was last reported; null before the first.</summary>
    static string? LastReport(Home home) => Directory.Exists(home.Data("sales"))
        ? Directory.EnumerateFiles(home.Data("sales"), "sale-*.html").MaxBy(File.GetLastWriteTimeUtc)
        : null;

    /// <summary>Prints how to reach a store, for scripts: <c>connection postgres</c>.</summary>
    static int Connection(Home home, string? name)
    {
        if (StackStatus.Read(home) is not { IsRunning: true } status)
            throw new Refusal("not running");

        Console.WriteLine(name is not null && status.ConnectionStrings.TryGetValue(name, out var connection)
            ? connection
            : throw new Refusal($"say which: {string.Join(", ", status.ConnectionStrings.Keys)}"));
        return 0;
    }

    static async Task<int> Down(Home home)
    {
        var status = StackStatus.Read(home);
        if (status is not { IsRunning: true })
        {
            await Leftovers.End(home);
            Console.WriteLine("not running");
            return 0;
        }

        status.AppHost.Signal(Signal.Terminate);
        if (!await status.AppHost.HasEnded(TimeSpan.FromSeconds(90)))
            throw new Refusal($"process {status.AppHost.Pid} has not stopped within 90 s; `kill -9 {status.AppHost.Pid}` ends it, the next start clears up");

        Console.WriteLine("stopped");
        return 0;
    }

    static async Task<int> Reset(Home home, bool agreed)
    {
        if (!Directory.Exists(home.Folder))
        {
            Console.WriteLine($"nothing is kept at {home.Folder}");
            return 0;
        }

        using var held = home.TryLock() ?? throw new Refusal("running; stop it first with ./mistore down");
        if (!agreed)
        {
            Console.Write($"This deletes every product, order and password in {home.Folder}. Type yes to go on: ");
            if (Console.ReadLine()?.Trim() != "yes")
                throw new Refusal("nothing was deleted");
        }

        await Leftovers.End(home);
        // Only what Local has made: a home may lie in a folder that holds other things.
        foreach (var folder in (string[])["postgres", "redis", "rabbitmq", "logs"])
            if (Directory.Exists(home.Data(folder)))
                Directory.Delete(home.Data(folder), recursive: true);
        foreach (var file in (string[])["secrets.json", "ports.json", "state.json", "lock"])
            File.Delete(home.Data(file));
        Console.WriteLine($"{home.Folder} is as new");
        return 0;
    }
}

/// <summary>Starts the store in the background and waits until it is open.</summary>
static class Detach
{
    static readonly TimeSpan Within = TimeSpan.FromSeconds(120);

    public static async Task<int> Run(Home home, string[] args)
    {
        if (StackStatus.Read(home) is { IsRunning: true, Url: var url })
        {
            Console.WriteLine($"MiStore is already running{(url is null ? "" : $": {url}")}");
            return 0;
        }

        var clock = Stopwatch.StartNew();
        Directory.CreateDirectory(Path.GetDirectoryName(home.Log("apphost"))!);
        var log = home.Log("apphost");
        File.Delete(log);
        using var appHost = Start(log, args);
        while (clock.Elapsed < Within)
        {
            if (StackStatus.Read(home) is { Phase: StackStatus.Open } open && open.AppHost.Pid == appHost.Id)
            {
                Console.WriteLine(open.Url is null
                    ? $"Ready after {clock.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", open.Resources.Select(one => one.Name))}"
                    : $"MiStore is open: {open.Url} (after {clock.Elapsed.TotalSeconds:0.0} s)");
                return 0;
            }

            if (appHost.HasExited)
            {
                foreach (var line in File.ReadLines(log).TakeLast(25))
                    Console.Error.WriteLine(line);
                return 1;
            }

            await Task.Delay(100);
        }

        var late = StackStatus.Read(home)?.Resources.Where(one => one.State is not State.Healthy and not State.Waiting).ToList() ?? [];
        ProcessIdentity.Of(appHost.Id)?.Signal(Signal.Terminate);
        throw new Refusal(
            $"not open within {Within.TotalSeconds:0} s, and being stopped: " +
            string.Join(", ", late.Select(one => $"{one.Name} is {View.Word(one.State)} (read {one.Log})").DefaultIfEmpty($"read {log}")));
    }

    // A session of its own, so that closing the terminal does not close the store.
    static Process Start(string log, string[] args)
    {
        string[] setsid = Programs.Find("setsid") is { } found ? [found] : [];
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", log },
        };
        foreach (var word in (string[])[.. setsid, Environment.ProcessPath!, .. OwnAssembly, .. args])
            start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    static string[] OwnAssembly =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Detach).Assembly.Location] : [];
}

/// <summary>Asks the running store to check its books, and prints the proof.</summary>
static class Audit
{
    sealed record Check(string Name, string Detail, bool Clean);

    sealed record Report(bool Clean, IReadOnlyList<Check>? Checks, IReadOnlyList<string>? Differences);

    public static async Task<int> Run(Home home)
    {
        if (StackStatus.Read(home) is not { IsRunning: true, Url: { } url })
            throw new Refusal("not running: ./mistore up --detach starts the store whose books are to be checked");

        try
        {
            using var http = await Operator.SignIn(url, subject: "audit");
            return Print((await http.GetFromJsonAsync<Report>("/api/admin/audit"))!);
        }
        catch (HttpRequestException refused)
        {
            throw new Refusal($"the store at {url} did not answer the audit: {refused.Message}");
        }
    }

    static int Print(Report report)
    {
        foreach (var check in report.Checks ?? [])
            Console.WriteLine($"{(check.Clean ? '✓' : '✗')} {check.Name}: {check.Detail}");
        foreach (var difference in report.Differences ?? [])
            Console.WriteLine($"  difference: {difference}");
        Console.WriteLine(report.Clean ? "The books are clean." : "The books differ.");
        return report.Clean ? 0 : 1;
    }
}

/// <summary>Asks the running store what each market lacks for its coming sales; 1 where one lacks anything.</summary>
static class Readiness
{
    sealed record Market(string Code);

    sealed record Listing(IReadOnlyList<Market> Markets);

    sealed record Check(string Name, IReadOnlyList<string> Missing);

    sealed record Report(string Market, bool Ready, IReadOnlyList<DateTimeOffset> SalesFrom, IReadOnlyList<Check> Checks);

    public static async Task<int> Run(Home home)
    {
        if (StackStatus.Read(home) is not { IsRunning: true, Url: { } url })
            throw new Refusal("not running: ./mistore up --detach starts the store whose markets are to open");

        try
        {
            using var http = await Operator.SignIn(url, subject: "readiness");
            var ready = true;
            foreach (var market in (await http.GetFromJsonAsync<Listing>("/api/markets"))!.Markets)
                ready &= Print((await http.GetFromJsonAsync<Report>($"/api/admin/markets/{market.Code}/readiness"))!);
            return ready ? 0 : 1;
        }
        catch (HttpRequestException refused)
        {
            throw new Refusal($"the store at {url} did not answer: {refused.Message}");
        }
    }

    static bool Print(Report report)
    {
        Console.WriteLine($"{report.Market}, sales from {string.Join(" and ", report.SalesFrom.Select(at => at.ToString("u")))}: {(report.Ready ? "ready" : "not ready")}");
        foreach (var check in report.Checks)
        {
            Console.WriteLine($"  {(check.Missing.Count == 0 ? '✓' : '✗')} {check.Name}");
            foreach (var missing in check.Missing)
                Console.WriteLine($"      {missing}");
        }

        return report.Ready;
    }
}

/// <summary>Calls the running store as its operator, with a development token.</summary>
static class Operator
{
    sealed record Token(string AccessToken);

    public static async Task<HttpClient> SignIn(string url, string subject)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(url) };
        using var signedIn = await http.PostAsJsonAsync("/api/dev/token", new { role = "store-operator", subject });
        signedIn.EnsureSuccessStatusCode();
        var token = await signedIn.Content.ReadFromJsonAsync<Token>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token!.AccessToken);
        return http;
    }
}
