using System.Text;
using MiStore.Contracts.Markets;
using Yarp.ReverseProxy.Model;

namespace MiStore.Gateway.Shelf;

/// <summary>
/// A request that may be answered from memory, in the one spelling of all that mean the same: a GET on a route marked
/// <c>"Shelf": "kept"</c> (or an endpoint with <see cref="OnShelf"/>) that is the same for everybody, or one marked <c>"page"</c>
/// of somebody who has no cart.
/// </summary>
/// <param name="Market">Whose news makes the answer old; empty where it is of no market.</param>
sealed record ShelfRequest(string Spelling, string Market)
{
    // What Catalog reads of a query; anything else in it makes no other answer, and so no other entry.
    static readonly string[] QueryKeys = ["search", "category", "language", "page", "pageSize"];

    const int LongestQuery = 256;
    const string CartCookie = "cart";
    const string TicketCookies = "ticket-";
    const string Sales = "/sales/";

    /// <returns>Null for everything else.</returns>
    public static ShelfRequest? Of(HttpContext http)
    {
        var request = http.Request;
        var endpoint = http.GetEndpoint()?.Metadata;
        var isOurs = endpoint?.GetMetadata<OnShelf>() is not null;
        var mark = endpoint?.GetMetadata<RouteModel>()?.Config.Metadata?.GetValueOrDefault("Shelf");
        if (!isOurs && mark is not ("kept" or "page")
            || mark == "page" && !IsPageForEverybody(request)
            || !HttpMethods.IsGet(request.Method)
            || request.Headers.Authorization.Count > 0
            || request.QueryString.Value is { Length: > LongestQuery })
            return null;

        // Ours and a page say under which name they were asked.
        return isOurs || mark == "page"
            ? new ShelfRequest($"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}", isOurs ? "" : MarketOf(request.Path))
            : new ShelfRequest(Spell(request), request.RouteValues["market"] as string ?? "");
    }

    // Who has a cart sees how much is in it, and who has a place in a line where it stands; and of a query, a page's file says its
    // edition, and all else is somebody's own.
    static bool IsPageForEverybody(HttpRequest request) =>
        !request.Cookies.ContainsKey(CartCookie) && request.Query.Keys.All(key => key == "v")
        && !(request.Path.Value!.Contains(Sales, StringComparison.Ordinal) && request.Cookies.Keys.Any(name => name.StartsWith(TicketCookies, StringComparison.Ordinal)));

    // /de/fr/… is a page of DE.
    static string MarketOf(PathString path) =>
        path.Value!.Split('/', 4) is [_, { Length: 2 } market, ..] && MarketCode.Normalize(market) is { } code ? code : "";

    static string Spell(HttpRequest request)
    {
        var path = request.Path.ToUriComponent();
        if (!request.QueryString.HasValue)
            return path;

        var spelling = new StringBuilder(path);
        var separator = '?';
        foreach (var key in QueryKeys)
            foreach (var value in request.Query[key])
            {
                spelling.Append(separator).Append(key).Append('=').Append(Uri.EscapeDataString(value ?? ""));
                separator = '&';
            }

        return spelling.ToString();
    }
}

/// <summary>On an endpoint of our own whose answers may be kept; it sets <see cref="SharedAge"/>.</summary>
sealed record OnShelf;
