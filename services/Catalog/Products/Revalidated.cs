using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace MiStore.Catalog.Products;

/// <summary>
/// An answer that a browser asks about again each time (304 when it has not changed), and that a shared cache may keep
/// until the clock alone would change it: an opening or a new price needs no message to be seen in time.
/// </summary>
/// <param name="NextChange">When the clock next changes the answer; null when it never will.</param>
public sealed record Revalidated<T>(T Value, DateTimeOffset Now, DateTimeOffset? NextChange)
    : IResult, IEndpointMetadataProvider
{
    // News empties the shared cache. Should a piece of it be lost, this is how long the old answer can last.
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public Task ExecuteAsync(HttpContext http)
    {
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(Value, json);
        var tag = new EntityTagHeaderValue('"' + Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 16)) + '"');

        var headers = http.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue
        {
            Public = true, MaxAge = TimeSpan.Zero, MustRevalidate = true, SharedMaxAge = SharedFor(Now, NextChange),
        };

        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Any(each => each.Equals(EntityTagHeaderValue.Any) || each.Compare(tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    /// <summary>Whole seconds, rounded down, at most 60; null when there is not one.</summary>
    public static TimeSpan? SharedFor(DateTimeOffset now, DateTimeOffset? nextChange)
    {
        var left = nextChange - now is { } until && until < Longest ? until : Longest;
        return left.TotalSeconds < 1 ? null : TimeSpan.FromSeconds(Math.Floor(left.TotalSeconds));
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}
