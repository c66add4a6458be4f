using System.Diagnostics.CodeAnalysis;
using MiStore.Contracts.Markets;

namespace MiStore.Gateway.Edge;

/// <summary>Makes one request of those that mean the same, so that routes, services and the cache know one.</summary>
public static class CanonicalRequest
{
    public static void UseCanonicalRequest(this WebApplication app) => app.Use((http, next) =>
    {
        // The server remembers what it was asked, and leaves the body out.
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
            http.Features.Set(new HeadOnly());
        }

        if (TryNameMarket(http.Request.Path, out var path))
            http.Request.Path = path;

        return next(http);
    });

    /// <summary>/api/markets/uk/… is /api/markets/GB/…; false when there is nothing to change.</summary>
    static bool TryNameMarket(PathString path, [NotNullWhen(true)] out string? named)
    {
        named = null;
        if (!path.StartsWithSegments("/api/markets", out var rest) || rest.Value is not ['/', _, _, .. var tail] || tail is not ([] or ['/', ..]))
            return false;

        var market = rest.Value[1..3];
        if (MarketCode.Normalize(market) is not { } code || code == market)
            return false;

        named = $"/api/markets/{code}{tail}";
        return true;
    }
}

/// <summary>On a request whose answer's body nobody will see; for those whose answers have no end.</summary>
sealed record HeadOnly;
