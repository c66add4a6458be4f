using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MiStore.Rehearsal;

/// <summary>An answer, read to its end.</summary>
/// <param name="Body">Undefined where there is none, or it is not JSON.</param>
public sealed record Answer(int Status, JsonElement Body, TimeSpan? RetryAfter, EntityTagHeaderValue? ETag)
{
    public string? Code => Text("code");

    public string? Text(string member) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>The gateway, as everybody reaches it; each answer is put on record.</summary>
public sealed class Door(Plan plan, Records records) : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = plan.Connections, UseCookies = false })
    {
        BaseAddress = plan.Url,
        Timeout = TimeSpan.FromMinutes(1),
    };

    // Whoever waits for a turn or a payment holds a connection and does nothing: that is not to keep others from theirs.
    readonly HttpClient waiting = new(new SocketsHttpHandler { MaxConnectionsPerServer = 4096, UseCookies = false })
    {
        BaseAddress = plan.Url,
        Timeout = TimeSpan.FromMinutes(1),
    };

    // Time in the client's own queue for a connection is not the store's.
    readonly SemaphoreSlim free = new(plan.Connections);

    public async Task<Answer> Ask(
        string who, string step, HttpMethod method, string path, object? body = null, CancellationToken cancellation = default,
        params (string Name, string Value)[] headers)
    {
        var isHeld = headers.Any(header => header.Name == "Prefer");
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        if (!isHeld)
            await free.WaitAsync(cancellation);
        var asked = Stopwatch.GetTimestamp();
        try
        {
            using var response = await (isHeld ? waiting : client).SendAsync(request, cancellation);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
            var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            var answer = new Answer(
                (int)response.StatusCode, isJson && bytes.Length > 0 ? JsonElement.Parse(bytes) : default, response.Headers.RetryAfter?.Delta,
                response.Headers.ETag);
            Record(answer.Status, answer.Code);
            return answer;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException
            || fault is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            Record(0, fault.GetType().Name);
            return new Answer(0, default, null, null);
        }
        finally
        {
            if (!isHeld)
                free.Release();
        }

        void Record(int status, string? code) =>
            records.Add(new Heard(records.Now, who, step, status, code, Stopwatch.GetElapsedTime(asked).TotalMilliseconds, isHeld));
    }

    public void Dispose()
    {
        client.Dispose();
        waiting.Dispose();
        free.Dispose();
    }
}
