namespace MiStore.Gateway.Docs;

/// <summary>/docs: a page over the document, and every part of it comes from us.</summary>
public static class DocsPage
{
    // Swagger UI sets styles from its scripts and draws its icons as data.
    const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseDocs(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/docs"), docs => docs.Use((http, next) =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return next(http);
        }));
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "MiStore API";
            page.SwaggerEndpoint("/openapi/v1.json", "MiStore");
        });
    }
}
