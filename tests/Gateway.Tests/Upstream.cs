using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MiStore.Gateway.Tests;

/// <summary>What stands behind the gateway here: a server that notes what came through, and answers as a test wants.</summary>
public sealed class Upstream : IAsyncDisposable
{
    public sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

    readonly ConcurrentDictionary<string, RequestDelegate> answers = new();
    readonly ConcurrentQueue<Seen> seen = new();
    WebApplication? app;

    public string Address { get; private set; } = "";

    public IReadOnlyList<Seen> Requests => [.. seen];

    /// <summary>How often this path has been asked for.</summary>
    public int CountOf(string path) => seen.Count(request => request.Target.Split('?')[0] == path);

    public static async Task<Upstream> Start()
    {
        var upstream = new Upstream();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        upstream.app = builder.Build();
        upstream.app.Run(upstream.Handle);
        await upstream.app.StartAsync();
        upstream.Address = upstream.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return upstream;
    }

    public void Answer(string path, RequestDelegate answer) => answers[path] = answer;

    public void Answer(string path, string json, string? cacheControl = null, string? etag = null) => Answer(path, http =>
    {
        http.Response.Headers.CacheControl = cacheControl;
        http.Response.Headers.ETag = etag;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    });

    async Task Handle(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (path == "/health")
            return;

        seen.Enqueue(new Seen(
            http.Request.Method, path + http.Request.QueryString,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await new StreamReader(http.Request.Body).ReadToEndAsync()));
        if (answers.TryGetValue(path, out var answer))
            await answer(http);
        else
            await http.Response.WriteAsJsonAsync(new { path });
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }
}
