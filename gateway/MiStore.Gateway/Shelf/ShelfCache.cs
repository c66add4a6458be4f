using System.Diagnostics;
using Microsoft.AspNetCore.OutputCaching;
using Yarp.ReverseProxy.Model;

namespace MiStore.Gateway.Shelf;

/// <summary>
/// Which requests may be answered from memory: a GET on a route marked <c>OutputCache: shelf</c> that is the same for
/// everybody. How long an answer may be kept is for Catalog to say; see <see cref="ShelfLife"/>.
/// </summary>
public sealed class ShelfCache(ShelfNews news) : IOutputCachePolicy
{
    // What Catalog reads of a query; anything else in it makes no other answer, and so no other entry.
    static readonly string[] QueryKeys = ["search", "category", "language", "page", "pageSize"];

    const int LongestQuery = 256;
    const string NoMarket = "";

    public static string TagOf(string market) => "market:" + market;

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.GetValueOrDefault("OutputCache") != "shelf")
            return ValueTask.CompletedTask;

        // A client cannot ask to hear nothing (only-if-cached) or to pass the cache by.
        http.Request.Headers.CacheControl = default;

        var isForEverybody = HttpMethods.IsGet(http.Request.Method)
            && http.Request.Headers.Authorization.Count == 0
            && http.Request.QueryString.Value is not { Length: > LongestQuery };
        context.EnableOutputCaching = isForEverybody;
        context.AllowCacheLookup = isForEverybody;
        context.AllowCacheStorage = isForEverybody;
        context.AllowLocking = isForEverybody;
        if (!isForEverybody)
            return ValueTask.CompletedTask;

        var market = http.Request.RouteValues["market"] as string ?? NoMarket;
        context.Tags.Add(TagOf(market));
        context.CacheVaryByRules.VaryByHost = false;
        context.CacheVaryByRules.QueryKeys = QueryKeys;
        context.CacheVaryByRules.VaryByValues["edition"] = news.Edition(market);
        http.Features.Set(new ShelfRequest(context, Stopwatch.GetTimestamp()));
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        // Nobody set a lifetime, or the body broke off half-way.
        if (context.HttpContext.Features.Get<ShelfRequest>() is not null
            && (context.ResponseExpirationTimeSpan is null || context.HttpContext.GetForwarderErrorFeature() is not null))
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}

/// <summary>A request whose answer may be kept.</summary>
sealed record ShelfRequest(OutputCacheContext Cache, long StartedAt);
