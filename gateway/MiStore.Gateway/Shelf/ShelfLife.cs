using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace MiStore.Gateway.Shelf;

/// <summary>
/// How long an answer may be kept. Catalog says it in <c>Cache-Control: s-maxage</c>: the whole seconds until the clock
/// alone would change the answer. The word is for us, who hear of every other change; it goes no further, because a
/// cache beyond us hears nothing.
/// </summary>
public static class ShelfLife
{
    // Should news ever be lost on the way, this is how long the old answer lasts.
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // A change is visible in under a second, also while nobody can tell us of it.
    static readonly TimeSpan LongestWithoutNews = TimeSpan.FromMilliseconds(500);

    internal static void Read(TransformBuilderContext route) => route.AddResponseTransform(response =>
    {
        if (response.ProxyResponse is not null)
            response.HttpContext.Features.Set(new SharedAge(TakeSharedAge(response.HttpContext.Response.Headers)));
        return ValueTask.CompletedTask;
    });

    /// <param name="sharedAge">What Catalog said; null when it said nothing.</param>
    /// <param name="underway">How long the answer may have been on its way to us already.</param>
    /// <returns>Zero or less when the answer must not be kept.</returns>
    public static TimeSpan Lifetime(TimeSpan? sharedAge, TimeSpan underway, bool isListening)
    {
        var longest = isListening ? Longest : LongestWithoutNews;
        var left = (sharedAge ?? TimeSpan.Zero) - underway;
        return left < longest ? left : longest;
    }

    /// <summary>
    /// What is left for the client is what Catalog says to browsers. A picture that never changes under its name needs
    /// no word for us: any cache may keep it.
    /// </summary>
    static TimeSpan? TakeSharedAge(IHeaderDictionary headers)
    {
        if (!CacheControlHeaderValue.TryParse(headers.CacheControl.ToString(), out var control))
            return null;

        var sharedAge = control.SharedMaxAge ?? (control.Public && IsImmutable(control) ? control.MaxAge : null);
        if (control.SharedMaxAge is not null)
        {
            control.SharedMaxAge = null;
            headers.CacheControl = control.ToString() is { Length: > 0 } rest ? rest : "no-cache";
        }

        return control.NoStore || control.Private ? null : sharedAge;
    }

    static bool IsImmutable(CacheControlHeaderValue control) => control.Extensions.Any(extension => extension.Name == "immutable");
}

/// <summary>How long whoever made an answer lets us keep it.</summary>
sealed record SharedAge(TimeSpan? Value);
