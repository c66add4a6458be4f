namespace MiStore.Storefront.Visits;

/// <summary>The one thing we keep at the shopper's: which cart is theirs. Who has the id has the cart, so no script may read it.</summary>
static class CartCookie
{
    const string Name = "cart";

    static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 and <= 64 } id ? id : null;

    public static void Write(HttpContext http, string id) => http.Response.Cookies.Append(Name, id, Options(http.Request, Lifetime));

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http.Request, null));

    public static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
