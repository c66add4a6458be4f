using Microsoft.AspNetCore.HttpOverrides;

namespace MiStore.Storefront;

/// <summary>What every page says to the browser: nothing from elsewhere and nothing inline.</summary>
static class PageHeaders
{
    const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UsePageHeaders(this WebApplication app)
    {
        // The gateway says how the shopper reached us; it listens on this machine, as we do.
        app.UseForwardedHeaders(new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        });
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            // A page shows the shopper's own cart and the stock of this moment.
            headers.CacheControl = "private, no-cache";
            return next(http);
        });
    }
}
