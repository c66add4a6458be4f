namespace MiStore.Gateway.Edge;

/// <summary>What we tell browsers not to do with our answers.</summary>
public static class SecurityHeaders
{
    // Right for everything that is not a page: it may be looked at, and nothing more. Images may be SVG, with styles.
    const string NoPage = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            Set(http.Response.Headers);
            return Task.CompletedTask;
        });
        return next(http);
    });

    public static void Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = NoPage;
    }
}
