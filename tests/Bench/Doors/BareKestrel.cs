using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MiStore.Bench.Doors;

/// <summary>
/// The reference: a process in which Kestrel sends bytes and nothing else happens. To the gateway it plays Catalog, which is
/// asked once for them.
/// </summary>
static class BareKestrel
{
    public const string List = "/api/markets/DE/products", Detail = "/api/markets/DE/products/mi-band";

    /// <summary>About what the seeded store answers.</summary>
    static readonly Dictionary<string, byte[]> Answers = new() { [List] = Json(8 * 1024), [Detail] = Json(2 * 1024) };

    public static async Task<int> Run(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.Run(http =>
        {
            var body = Answers.GetValueOrDefault(http.Request.Path.Value!) ?? [];
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.Headers.CacheControl = "s-maxage=30, no-cache";
            http.Response.Headers.ETag = "\"bench\"";
            http.Response.ContentLength = body.Length;
            return http.Response.Body.WriteAsync(body, 0, body.Length);
        });
        await app.RunAsync();
        return 0;
    }

    static byte[] Json(int bytes) => [.. "\""u8, .. Enumerable.Repeat((byte)'x', bytes - 2), .. "\""u8];
}
