using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Home;

/// <summary>The shopper sees what this market sells now, what is coming, and what it cannot sell and why.</summary>
static class ShowHome
{
    public static void MapShowHome(this RouteGroupBuilder shop) => shop
        .MapGet("/", (Visit visit) => Page.Of<HomePage>(new { Visit = visit }))
        .IsSameForAll();
}
