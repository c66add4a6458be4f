using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace MiStore.Gateway.Edge;

/// <summary>What lies between us and the public (settings <c>Edge:…</c>).</summary>
public sealed class EdgeOptions
{
    /// <summary>
    /// Networks of load balancers in front of us, separated by spaces, whose word counts for who the client is and how it reached
    /// them (X-Forwarded-For, -Proto, -Host). Nobody's else does.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>Connections at once; beyond them new ones are closed before a request is read.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;
}

/// <summary>What a connection from the public may ask of us before a request has even been read.</summary>
public static class Edge
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EdgeOptions>().BindConfiguration("Edge").ValidateDataAnnotations()
            .Validate(edge => Networks.TryParse(edge.TrustedProxies, out _), "Edge:TrustedProxies is not a list of networks such as 10.0.0.0/8.")
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<EdgeOptions>>((kestrel, edge) =>
        {
            kestrel.Limits.MaxConcurrentConnections = edge.Value.MaxConnections;
            kestrel.Limits.MaxRequestLineSize = 4 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
            // Slower than this, after five seconds, is not reading or writing but holding a connection.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
            kestrel.Limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        });
    }

    /// <summary>Learns from proxies that we trust who the client is; without any there is nothing to learn.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        Networks.TryParse(app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value.TrustedProxies, out var proxies);
        if (proxies.Count == 0)
            return;

        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // As far back as we trust whoever says so.
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in proxies)
            forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>The client's address; IPv4 is IPv4 also on a socket that listens for both.</summary>
    public static IPAddress? ClientAddress(this HttpContext http) =>
        http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;
}
