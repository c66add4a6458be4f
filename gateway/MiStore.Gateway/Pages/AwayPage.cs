using System.Security.Cryptography;
using System.Text;

namespace MiStore.Gateway.Pages;

/// <summary>
/// What a shopper sees while the storefront does not answer: one small page that needs nothing and nobody, in the
/// language of the address, and that looks again by itself.
/// </summary>
static class AwayPage
{
    const string Style = """
        body { font: 1.125rem/1.55 system-ui, sans-serif; max-width: 36rem; margin: 18vh auto 0; padding: 0 1.5rem; color: #1f1d1a; background: #faf8f4 }
        h1 { font-size: 2rem; letter-spacing: -.02em; line-height: 1.15 }
        a { color: #b63d12 }
        @media (prefers-color-scheme: dark) {
          body { color: #f3efe8; background: #151412 }
          a { color: #f19a6b }
        }
        """;

    static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IResult For(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        // Only what was read may be asked for again by itself; a form is the shopper's to send.
        var refresh = HttpMethods.IsGet(http.Request.Method) ? """<meta http-equiv="refresh" content="5">""" : "";
        var language = http.Request.Path.Value?.Split('/') is [_, _, ("de" or "fr") and var spoken, ..] ? spoken : "en";
        var (title, text, link) = Words(language);
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            {refresh}
            <title>MiStore</title>
            <style>{Style}</style>
            </head>
            <body>
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a href="/">{link}</a></p>
            </body>
            </html>
            """, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    static (string Title, string Text, string Link) Words(string language) => language switch
    {
        "de" => ("Einen Moment, bitte", "Der Shop ist gleich wieder da. Ihr Warenkorb ist sicher, und was Sie bestellt haben, ist bestellt.", "Zum Shop"),
        "fr" => ("Un instant, s’il vous plaît", "La boutique revient tout de suite. Votre panier est conservé, et ce que vous avez commandé l’est bien.", "Aller à la boutique"),
        _ => ("One moment, please", "The store will be back in a moment. Your cart is safe, and what you have ordered is ordered.", "To the store"),
    };
}
