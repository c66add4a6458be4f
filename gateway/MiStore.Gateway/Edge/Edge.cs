using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MiStore.Gateway.Edge;

/// <summary>What a connection from the public may ask of us before a request has even been read.</summary>
public static class Edge
{
    public static void AddEdge(this WebApplicationBuilder builder) => builder.Services.Configure<KestrelServerOptions>(kestrel =>
    {
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    });
}
