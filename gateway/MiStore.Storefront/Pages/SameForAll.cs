using MiStore.Storefront.Visits;

namespace MiStore.Storefront;

/// <summary>
/// Pages that look the same to everybody who has no cart: the gateway may show them again for a second, so that a crowd
/// costs no more than one of it. It forgets them at once when it hears of a change in their market.
/// </summary>
static class SameForAll
{
    const string ForASecond = "no-cache, s-maxage=1";

    public static TEndpoint IsSameForAll<TEndpoint>(this TEndpoint endpoint) where TEndpoint : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Mark());

    public static void UseSameForAll(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null && CartCookie.Read(http.Request) is null)
            http.Response.Headers.CacheControl = ForASecond;
        return next(http);
    });

    sealed class Mark;
}
