using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Testing;
using Npgsql;

namespace MiStore.Drills;

/// <summary>The store under drill: a stack of its own, with the ways in that an operator and an investigator have.</summary>
public sealed class Store(Stack stack) : IAsyncDisposable
{
    public const string Market = "US", Sku = "MI-BAND-BLK";

    public static readonly string[] Services = ["checkout", "pricing", "cart", "catalog", "gateway", "payment-sandbox"];

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public string Home => stack.Home;

    public Uri Url => stack.Url;

    /// <summary>The file that tells a newly born service at which of its crash points to die.</summary>
    public required string CrashPoints { get; init; }

    public TimeSpan ColdStart => stack.TimeToFirstAnswer;

    public string Redis => stack.ConnectionString("redis");

    public string RabbitMq => stack.ConnectionString("rabbitmq");

    public Uri Provider => new(Resource("payment-sandbox").Url!);

    /// <summary>Past every service, as an investigator: no pool, so that nothing of ours survives the server's death.</summary>
    public async Task<NpgsqlConnection> Open(string database, CancellationToken cancellation = default)
    {
        var connection = new NpgsqlConnection(
            $"{stack.ConnectionString("postgres")};Database={database};Pooling=false;Timeout=5;Command Timeout=60");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public StackResource Resource(string name) => stack.Resource(name);

    public bool IsHealthy(string name) => Resource(name) is { State: "healthy", Pid: not null };

    public async Task AllHealthy(TimeSpan within, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(within);
        while (stack.Resources().FirstOrDefault(resource => resource.State != "healthy") is { } ill)
        {
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"{ill.Name} is still {ill.State} after {within.TotalSeconds:0} s.");
            await Task.Delay(Look, cancellation);
        }
    }

    /// <summary>Until another process than this one serves and is healthy.</summary>
    public async Task BackAgain(string name, int? killed, CancellationToken cancellation)
    {
        while (Resource(name) is not { State: "healthy", Pid: { } pid } || pid == killed)
            await Task.Delay(Look, cancellation);
    }

    /// <summary>Takes everything of the SKU off sale, then puts exactly so many units on sale.</summary>
    public async Task<Guid> Release(int units, CancellationToken cancellation)
    {
        using var desk = await Operator(cancellation);
        var batches = await desk.GetFromJsonAsync<JsonElement>("/api/admin/batches", cancellation);
        foreach (var batch in batches.GetProperty("batches").EnumerateArray())
            if (batch.GetProperty("market").GetString() == Market && batch.GetProperty("sku").GetString() == Sku
                && batch.GetProperty("remaining").GetInt32() > 0)
                (await desk.PostAsync($"/api/admin/batches/{batch.GetProperty("id").GetString()}/withdrawal", null, cancellation))
                    .EnsureSuccessStatusCode();

        var released = await desk.PostAsJsonAsync(
            "/api/admin/batches", new { market = Market, sku = Sku, quantity = units, opensAt = DateTimeOffset.UtcNow.AddMinutes(-1) }, cancellation);
        released.EnsureSuccessStatusCode();
        return (await released.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetGuid();
    }

    /// <summary>A client with an operator's token.</summary>
    public async Task<HttpClient> Operator(CancellationToken cancellation)
    {
        var client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(2) };
        var answer = await client.PostAsJsonAsync("/api/dev/token", new { role = "store-operator", subject = "drill" }, cancellation);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>All that a resource has written.</summary>
    public string Log(string name)
    {
        var path = Path.Combine(Home, "logs", Resource(name).Name + ".log");
        return string.Concat(new[] { path + ".1", path }.Where(File.Exists).Select(Read));

        static string Read(string file)
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    public string LastLines(int lines) => stack.Logs(lines);

    public Task Stop() => stack.Stop();

    public ValueTask DisposeAsync() => stack.DisposeAsync();
}
