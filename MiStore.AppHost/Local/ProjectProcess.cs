using System.Net;
using Aspire.Hosting.ApplicationModel;

namespace MiStore.Local;

/// <summary>One replica of a project.</summary>
sealed class ProjectProcess(ProjectResource project, int replica, string environment, Home home) : Workload(
    project.Replicas == 1 ? project.Name : $"{project.Name}-{replica}", "project", project, home)
{
    // No proxy: all of it is loopback.
    static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    public override string? Url => project.Endpoint is null ? null : project.Url(replica);

    // Services are made to be killed; there is nothing to put in order when the AppHost is gone.
    public override Signal OrphanSignal => Signal.Kill;

    public override IEnumerable<IResource> WaitsFor => project.WaitsFor;

    public override Launch Launch() => new(
        [DotNet, project.Project.AssemblyPath, .. project.Arguments],
        Path.GetDirectoryName(project.Project.ProjectPath)!,
        Compose(Environment.GetEnvironmentVariables().Keys.Cast<string>(), environment, ListensOn, project.Environment));

    public override async Task<bool> IsHealthy(CancellationToken cancellation)
    {
        if (project.HealthPath is null)
            return true;

        using var answer = await Http.GetAsync($"http://{Loopback}:{project.Ports[replica]}{project.HealthPath}", cancellation);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>
    /// What a project's environment has more or less than ours: the addresses that the AppHost itself was given are not for
    /// its children, the values of AppHost.cs are.
    /// </summary>
    public static Dictionary<string, string?> Compose(
        IEnumerable<string> inherited, string environment, string? url,
        IEnumerable<Func<IEnumerable<(string Name, string Value)>>> values)
    {
        string[] ours = ["ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "DOTNET_LAUNCH_PROFILE"];
        var composed = inherited
            .Where(name => ours.Contains(name) || name.StartsWith("ASPIRE_"))
            .ToDictionary(name => name, _ => (string?)null);
        composed["DOTNET_ENVIRONMENT"] = environment;
        composed["ASPNETCORE_URLS"] = url;
        foreach (var (name, value) in values.SelectMany(some => some()))
            composed[name] = value;
        return composed;
    }

    /// <summary>
    /// The public door listens on this machine's own addresses, or where MISTORE_BIND says (0.0.0.0 for every IPv4 address,
    /// * for all). Everything else is for the other processes of the stack.
    /// </summary>
    string? ListensOn => project.IsExternal
        ? $"http://{Environment.GetEnvironmentVariable("MISTORE_BIND") ?? "localhost"}:{project.Ports[replica]}"
        : Url;

    static string Loopback => IPAddress.Loopback.ToString();

    static string DotNet =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Programs.Find("dotnet")
        ?? throw new Refusal("dotnet is not on the path: install the .NET 10 SDK from https://dot.net/download");
}
