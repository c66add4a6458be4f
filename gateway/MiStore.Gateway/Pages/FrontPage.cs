using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using MiStore.Gateway.Proxy;

namespace MiStore.Gateway.Pages;

/// <summary>What a person finds who opens the shop's address: the markets as they are now, and where to look further.</summary>
public static class FrontPage
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    const string Style = """
        body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color: #222; background: #fff }
        h1 { color: #c2410c; margin-bottom: 0 }
        ul { padding: 0; list-style: none }
        li { padding: .6rem 0; border-bottom: 1px solid #ddd }
        a { color: #9a3412 }
        small { color: #555; display: block }
        @media (prefers-color-scheme: dark) {
          body { color: #eee; background: #161616 }
          h1, a { color: #fdba74 }
          small { color: #bbb }
          li { border-color: #444 }
        }
        """;

    static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapFrontPage(this WebApplication app) => app
        .MapGet("/", Handle)
        .CacheOutput(cache => cache.Expire(TimeSpan.FromSeconds(1)).SetVaryByQuery([]).SetVaryByHost(false))
        .ExcludeFromDescription();

    static async Task<IResult> Handle(HttpResponse response, Services services, CancellationToken cancellation)
    {
        var answer = await services.Read("pricing", "/api/markets", Patience, cancellation);
        response.Headers.ContentSecurityPolicy = Policy;
        return Results.Content(Render(answer?["markets"] as JsonArray), "text/html; charset=utf-8");
    }

    static string Render(JsonArray? markets) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>MiStore</title>
        <style>{Style}</style>
        </head>
        <body>
        <h1>MiStore</h1>
        {(markets is null
            ? "<p>The markets do not answer at the moment. Please look again in a little while.</p>"
            : $"<p>One store, {markets.Count} markets.</p>\n<ul>\n{string.Concat(markets.OfType<JsonObject>().Select(Row))}</ul>")}
        <p><a href="/docs/index.html">The API, call by call</a> · <a href="/openapi/v1.json">as OpenAPI</a> · <a href="/health">How the shop is</a></p>
        </body>
        </html>
        """;

    static string Row(JsonObject market) =>
        $"""
        <li><a href="/api/markets/{Uri.EscapeDataString(Text(market["code"]))}/products">{Encode(market["name"])}</a>
        <small>{Encode(market["phase"])}, prices in {Encode(market["currency"])}</small></li>

        """;

    static string Encode(JsonNode? value) => HtmlEncoder.Default.Encode(Text(value));

    static string Text(JsonNode? value) => value?.ToString() ?? "";
}
