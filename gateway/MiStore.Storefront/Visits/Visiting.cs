using MiStore.Client;
using MiStore.Storefront.WaitingRoom;

namespace MiStore.Storefront.Visits;

/// <summary>Finds out, before any page is made, where the shopper is; a place that does not exist is a page not found.</summary>
static class Visiting
{
    public static void UseVisits(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.NeedsNobody() || http.GetRouteValue("market") is not string market || http.GetRouteValue("language") is not string language)
        {
            await next(http);
            return;
        }

        var store = http.RequestServices.GetRequiredService<StoreClient>();
        var markets = (await store.ListMarkets(http.RequestAborted)).OrThrow();
        var code = market.Equals("uk", StringComparison.OrdinalIgnoreCase) ? "GB" : market.ToUpperInvariant();
        if (markets.FirstOrDefault(known => known.Code == code) is not { } found || !found.Languages.Contains(language.ToLowerInvariant())
            || !Words.All.ContainsKey(language.ToLowerInvariant()))
        {
            await FaultPages.NotFound(http).ExecuteAsync(http);
            return;
        }

        var place = new Place(found, language.ToLowerInvariant());
        var path = http.Request.Path.Value!.Split('/', 4) is [_, _, _, var rest] ? rest : "";
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Path != place.Home + path)
        {
            // One address a page: /uk/en, /GB/en/ and /gb/en/ are the same.
            http.Response.Redirect(place.Home + path + http.Request.QueryString, permanent: true);
            return;
        }

        var shelf = store.BrowseProducts(found.Code, place.Language, cancellation: http.RequestAborted);
        var legal = store.ListLegalTexts(found.Code, http.RequestAborted);
        var cart = CartCookie.Read(http.Request) is { } id ? store.GetCart(id, place.Language, http.RequestAborted) : null;
        var reply = cart is null ? null : await cart;
        // A cart that does not answer is not an empty one; the pages that are about it have to wait.
        if (reply?.Refusal is { Status: StatusCodes.Status503ServiceUnavailable } away && (path.StartsWith("cart") || path.StartsWith("checkout")))
            throw new RefusedException(away);

        // A document of a kind that we have no word for is not one that a page could lead to.
        var documents = (await legal).OrThrow().Select(text => text.Document).Where(place.Words.LegalTitles.ContainsKey);
        var visit = new Visit(
            place, markets, (await shelf).OrThrow().Items, [.. documents], reply?.Value, path, $"{http.Request.Scheme}://{http.Request.Host}");
        http.Features.Set(visit with { Turn = Turn.Of(visit.Cart, http.Request) });
        await next(http);
    });

    /// <summary>A page that is shown without asking the store anything, also where the place does not exist.</summary>
    public static void NeedsNobody(this IEndpointConventionBuilder page) => page.WithMetadata(new Nobody());

    public static bool NeedsNobody(this HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Nobody>() is not null;

    sealed class Nobody;
}
