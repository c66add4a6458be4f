using System.Net.Http.Headers;
using System.Text.Json;

namespace MiStore.Gateway.Tests.Live;

/// <summary>A page that follows a market.</summary>
sealed class Events : IDisposable
{
    readonly HttpResponseMessage response;
    readonly StreamReader reader;

    Events(HttpResponseMessage response, Stream body) => (this.response, reader) = (response, new StreamReader(body));

    public HttpResponseHeaders Headers => response.Headers;

    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    public static async Task<Events> Follow(HttpClient client, string market, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/markets/{market}/live");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return new Events(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next event; comments have the name ":". Null at the end of the stream.</summary>
    public async Task<Event?> Next()
    {
        var (id, name, data) = ((string?)null, "", "");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (await reader.ReadLineAsync(deadline.Token) is { } line)
            switch (line.Split(": ", 2))
            {
                case ["id", var value]: id = value; break;
                case ["event", var value]: name = value; break;
                case ["data", var value]: data = value; break;
                case ["", _]: name = ":"; break;
                case [""]: return new Event(id, name, data.Length == 0 ? default : JsonDocument.Parse(data).RootElement);
            }
        return null;
    }

    public async Task<List<Event>> Take(int count)
    {
        var events = new List<Event>();
        while (events.Count < count && await Next() is { } next)
            if (next.Name != ":")
                events.Add(next);
        return events;
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }

    public sealed record Event(string? Id, string Name, JsonElement Data)
    {
        public string? this[string member] => Data.GetProperty(member).GetString();
    }
}
