using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Checkout;

/// <summary>The first screen: where to, as a guest.</summary>
static class EnterAddress
{
    public static void MapEnterAddress(this RouteGroupBuilder shop) => shop.MapGet("/checkout", (HttpRequest request, Visit visit) =>
        CanBeOrdered(visit)
            ? (IResult)Page.Of<AddressPage>(new { Visit = visit, Form = TypedAddress.Read(request) })
            : Results.LocalRedirect(visit.Place.Cart));

    /// <summary>Whether the cart, as it is now, can go to the checkout; else the cart's own page says why not.</summary>
    public static bool CanBeOrdered(Visit visit) =>
        visit.Cart is { Lines.Count: > 0 } cart && cart.Market == visit.Market && cart.Lines.All(line => line.State == "ok");
}
