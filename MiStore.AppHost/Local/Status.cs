using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiStore.Local;

[JsonConverter(typeof(JsonStringEnumConverter<State>))]
enum State
{
    [JsonStringEnumMemberName("waiting")] Waiting,
    [JsonStringEnumMemberName("starting")] Starting,
    /// <summary>Alive, but its health check has stopped answering 200.</summary>
    [JsonStringEnumMemberName("running")] Running,
    [JsonStringEnumMemberName("healthy")] Healthy,
    [JsonStringEnumMemberName("restarting")] Restarting,
    [JsonStringEnumMemberName("failed")] Failed,
    [JsonStringEnumMemberName("stopped")] Stopped,
}

/// <param name="Started">Tells this process from a later one with the same id.</param>
/// <param name="Log">The file that its output goes to.</param>
/// <param name="Restarts">How often it was started again because it ended by itself.</param>
sealed record ResourceStatus(
    string Name, string Kind, State State, int? Pid, string? Started, string? Url, string? Log, int Restarts)
{
    [JsonIgnore]
    public ProcessIdentity? Process => Pid is { } pid && Started is not null ? new(pid, Started) : null;
}

/// <summary>What a stack says about itself in state.json: the whole of what <c>./mistore status</c> and the tests know.</summary>
sealed record StackStatus(
    string Hosting,
    ProcessIdentity AppHost,
    string Phase,
    string? Url,
    string? Failure,
    IReadOnlyList<ResourceStatus> Resources,
    IReadOnlyDictionary<string, string> ConnectionStrings)
{
    public const string Starting = "starting", Open = "open", Stopping = "stopping", Stopped = "stopped", Failed = "failed";

    public bool IsRunning => AppHost.IsAlive;

    public static StackStatus? Read(Home home)
    {
        try
        {
            return JsonSerializer.Deserialize<StackStatus>(File.ReadAllText(home.StateFile), Home.Indented);
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The status while the stack runs: each change is written down and told to whoever watches.</summary>
sealed class StatusBoard(Home home, StackStatus initial)
{
    readonly Lock gate = new();

    public StackStatus Now { get; private set; } = initial;

    public event Action<ResourceStatus>? Changed;

    public void Set(Func<StackStatus, StackStatus> change)
    {
        lock (gate)
        {
            Now = change(Now);
            Home.Write(home.StateFile, JsonSerializer.Serialize(Now, Home.Indented));
        }
    }

    public void Set(string name, Func<ResourceStatus, ResourceStatus> change)
    {
        lock (gate)
        {
            var before = Now.Resources.Single(one => one.Name == name);
            var after = change(before);
            if (after == before)
                return;

            Set(stack => stack with { Resources = [.. stack.Resources.Select(one => one == before ? after : one)] });
            Changed?.Invoke(after);
        }
    }
}
