using Microsoft.Extensions.Primitives;
using MiStore.Gateway.Edge;

namespace MiStore.Gateway.Shelf;

/// <summary>An answer that is the same for everybody, ready to be sent again. It is a 200.</summary>
public sealed class KeptAnswer
{
    // What belongs to one sending, and what the server says itself.
    static readonly HashSet<string> NotKept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Date", "Content-Length", "Transfer-Encoding", "Connection", "Age", "Retry-After",
    };

    static readonly string[] Ages = [.. Enumerable.Range(0, 61).Select(seconds => $"{seconds}")];

    readonly string market;
    readonly Edition edition;
    readonly long keptAt;
    readonly long freshUntil;
    readonly KeyValuePair<string, StringValues>[] headers;
    readonly KeptBody body;
    long lastUsed = Environment.TickCount64;

    /// <param name="market">Whose news makes it old; empty where it is of no market.</param>
    /// <param name="edition">Of the market when the request for it began.</param>
    /// <param name="keptAt">Milliseconds since any beginning, like all times here (<see cref="Environment.TickCount64"/>).</param>
    public KeptAnswer(string market, Edition edition, long keptAt, long freshUntil, IHeaderDictionary headers, byte[] body)
    {
        (this.market, this.edition, this.keptAt, this.freshUntil) = (market, edition, keptAt, freshUntil);
        this.body = new KeptBody(body, headers.ContentType);
        this.headers = [.. headers.Where(header => !NotKept.Contains(header.Key)).Select(AsSent)];

        // One tag for the same thing in several codings: the bytes differ, so it is a weak one.
        KeyValuePair<string, StringValues> AsSent(KeyValuePair<string, StringValues> header) =>
            this.body.IsCompressible && header is { Key: "ETag", Value: [['"', ..] strong] } ? new(header.Key, "W/" + strong) : header;
    }

    public int Size => body.Size + 1024;

    public long LastUsed => Volatile.Read(ref lastUsed);

    public bool IsFresh(ShelfNews news, long now) => now < freshUntil && news.Edition(market) == edition;

    public bool IsYoungerThan(TimeSpan age, long now) => now - keptAt < age.TotalMilliseconds;

    /// <summary>Sends it, compressed where the client takes that, or 304 to a client that has it.</summary>
    public Task Send(HttpContext http, ShelfNews news)
    {
        var now = Environment.TickCount64;
        // Once a second is often enough to tell what is used, and leaves the memory to the readers.
        if (now - lastUsed > 1000)
            Volatile.Write(ref lastUsed, now);

        var response = http.Response;
        foreach (var (name, value) in headers)
            response.Headers[name] = value;
        if (body.IsCompressible)
            response.Headers.Vary = "Accept-Encoding";
        SecurityHeaders.Set(response.Headers);
        var seconds = (now - keptAt) / 1000;
        response.Headers.Age = seconds < Ages.Length ? Ages[seconds] : seconds.ToString();
        if (!IsFresh(news, now))
            response.Headers.Warning = "110 - \"Response is Stale\"";

        if (ConditionalGet.HasIt(http.Request, response.Headers.ETag))
        {
            response.Headers.ContentType = default;
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (bytes, coding) = body.For(http.Request.Headers.AcceptEncoding);
        if (coding is not null)
            response.Headers.ContentEncoding = coding;
        response.ContentLength = bytes.Length;
        // Without RequestAborted, which the server only makes for those who ask for it; a write to a client that has gone ends by itself.
        return response.Body.WriteAsync(bytes, 0, bytes.Length, CancellationToken.None);
    }
}
