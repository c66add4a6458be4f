using System.Text;
using System.Text.Encodings.Web;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Notices;

/// <summary>The small pages behind the links in mails. They need no script, and work while the rest of the shop is away.</summary>
static class NoticePage
{
    public static void AnswersWithAPage(this RouteHandlerBuilder endpoint) => endpoint
        .WithDescription("Answers with a page for people; 404 unknown-link where the link is not ours, or no longer valid.")
        .Produces(StatusCodes.Status200OK, contentType: "text/html")
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>A form to the page's own address.</summary>
    public static IResult Question(NoticeWords words, string title, string button) =>
        Page(words, title, $"""<form method="post"><button>{HtmlEncoder.Default.Encode(button)}</button></form>""");

    public static IResult Done(NoticeWords words, string title, string text) =>
        Page(words, title, $"<p>{HtmlEncoder.Default.Encode(text)}</p>");

    /// <summary>A page for people, a problem for programs.</summary>
    public static IResult Unknown(HttpRequest request, string? language)
    {
        var words = NoticeWords.In(language);
        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Page(words, words.Unknown, $"<p>{HtmlEncoder.Default.Encode(words.UnknownText)}</p>", StatusCodes.Status404NotFound)
            : Problems.Of(StatusCodes.Status404NotFound, "unknown-link", "There is no such link.", "It may be too old.");
    }

    static PageResult Page(NoticeWords words, string title, string content, int status = StatusCodes.Status200OK)
    {
        var heading = HtmlEncoder.Default.Encode(title);
        return new PageResult(
            $$"""
            <!doctype html>
            <html lang="{{words.Language}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{{heading}} – MiStore</title>
            <style>
            body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem; color: #1d1d1f }
            button { font: inherit; padding: .7rem 1.4rem; border: 0; border-radius: .5rem; background: #b34700; color: #fff; cursor: pointer }
            </style>
            </head>
            <body><main><h1>{{heading}}</h1>{{content}}</main></body>
            </html>

            """, status);
    }

    sealed class PageResult(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            return http.Response.WriteAsync(html, Encoding.UTF8, http.RequestAborted);
        }
    }
}
