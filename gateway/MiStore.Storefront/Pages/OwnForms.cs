namespace MiStore.Storefront;

/// <summary>
/// Only forms of our own pages change anything. Every browser says where a form comes from, in headers that no page can
/// set (Sec-Fetch-Site; Origin in older ones); who says nothing is no browser, and brings nobody else's cookies.
/// </summary>
static class OwnForms
{
    public static void UseOwnForms(this WebApplication app) => app.Use((http, next) =>
        HttpMethods.IsPost(http.Request.Method) && !IsOurs(http.Request) ? FaultPages.ForeignForm(http).ExecuteAsync(http) : next(http));

    public static bool IsOurs(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site is "same-origin" or "none";
        if (request.Headers.Origin is [{ } origin])
            return Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value;
        return true;
    }
}
