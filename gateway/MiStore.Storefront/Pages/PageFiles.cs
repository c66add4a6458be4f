using System.Security.Cryptography;

namespace MiStore.Storefront;

/// <summary>Files of the pages. Their address names their content, so that a browser may keep them for ever.</summary>
static class PageFiles
{
    const string Forever = "public, max-age=31536000, immutable";

    /// <summary>What every page has.</summary>
    public static string BaseStylesheet { get; private set; } = "";

    public static string Stylesheet { get; private set; } = "";

    public static string Script { get; private set; } = "";

    /// <summary>Of the waiting room, which has neither the shop's style nor its script.</summary>
    public static string LineScript { get; private set; } = "";

    public static void UsePageFiles(this WebApplication app)
    {
        BaseStylesheet = AddressOf("/assets/base.css");
        Stylesheet = AddressOf("/assets/store.css");
        Script = AddressOf("/assets/store.js");
        LineScript = AddressOf("/assets/line.js");

        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Query.ContainsKey("v") ? Forever : "public, max-age=3600",
        });

        string AddressOf(string path)
        {
            using var file = app.Environment.WebRootFileProvider.GetFileInfo(path).CreateReadStream();
            return $"{path}?v={Convert.ToHexStringLower(SHA256.HashData(file))[..12]}";
        }
    }
}
