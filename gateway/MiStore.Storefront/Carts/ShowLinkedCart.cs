using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Carts;

/// <summary>
/// The shopper has opened the link of a cart that they began on another device. Nothing is taken or merged by opening it: the page
/// shows what is in it, beside the cart that is here already, and asks.
/// </summary>
static class ShowLinkedCart
{
    public static void MapShowLinkedCart(this RouteGroupBuilder shop) => shop.MapGet("/cart/from/{id:maxlength(64)}", Handle);

    public static string Address(Place place, string id) => $"{place.Cart}/from/{Uri.EscapeDataString(id)}";

    static async Task<IResult> Handle(string id, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        // The address opens the cart, so it is nothing for a cache.
        http.Response.Headers.CacheControl = "no-store";
        if (visit.Cart?.Id == id)
            return Results.LocalRedirect(visit.Place.Cart);
        // The cart that is here stays in its market, and the other comes to it.
        if (visit.Cart is { Lines.Count: > 0 } own && own.Market != visit.Market
            && visit.Markets.FirstOrDefault(market => market.Code == own.Market) is { } market)
            return Results.LocalRedirect(Address(new Place(market, Place.LanguageFor(market, visit.Language)), id));

        var reply = await store.GetCart(id, visit.Language, cancellation);
        return reply.Value is null && reply.Refusal!.Status != StatusCodes.Status404NotFound
            ? throw new RefusedException(reply.Refusal)
            : Page.Of<LinkedCartPage>(
                new { Visit = visit, Linked = reply.Value }, reply.Value is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }
}
