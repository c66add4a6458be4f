namespace MiStore.Catalog.Products;

/// <summary>
/// The pictures under wwwroot/images. A picture that changes gets another name, so caches may keep it for long.
/// </summary>
static class ProductImages
{
    public static void UseProductImages(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = image =>
        {
            image.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            // Pictures only: one that carries a script does not get to run it.
            image.Context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
            image.Context.Response.Headers.XContentTypeOptions = "nosniff";
        },
    });
}
