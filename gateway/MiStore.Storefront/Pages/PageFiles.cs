using System.Security.Cryptography;

namespace MiStore.Storefront;

/// <summary>Files of the pages. Their address names their content, so that a browser may keep them for ever.</summary>
static class PageFiles
{
    const string Forever = "public, max-age=31536000, immutable";

    static string stylesheet = "/assets/store.css";

    public static string Stylesheet => stylesheet;

    public static void UsePageFiles(this WebApplication app)
    {
        using (var file = app.Environment.WebRootFileProvider.GetFileInfo(stylesheet).CreateReadStream())
            stylesheet = $"/assets/store.css?v={Convert.ToHexStringLower(SHA256.HashData(file))[..12]}";

        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Query.ContainsKey("v") ? Forever : "public, max-age=3600",
        });
    }
}
