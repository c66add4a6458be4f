using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront;

/// <summary>What a shopper sees when a page cannot be shown: kind words in their language, and a way on.</summary>
static class FaultPages
{
    const int BusySeconds = 5;

    public static void UseFaultPages(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FaultPages));
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (Exception fault) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            {
                if (fault is not (RefusedException or BadHttpRequestException))
                    log.LogError(fault, "{Method} {Path} failed.", http.Request.Method, http.Request.Path);
                await Answer(http, fault).ExecuteAsync(http);
            }
        });
    }

    static IResult Answer(HttpContext http, Exception fault) => fault switch
    {
        RefusedException { Refusal.Status: 404 } => NotFound(http),
        RefusedException => Busy(http),
        // A form that is none, or lacks what our own has.
        BadHttpRequestException => ForeignForm(http),
        _ => Of(http, StatusCodes.Status500InternalServerError, texts => (texts.FaultTitle, texts.FaultText)),
    };

    public static IResult NotFound(HttpContext http) =>
        Of(http, StatusCodes.Status404NotFound, texts => (texts.NotFoundTitle, texts.NotFoundText));

    public static IResult ForeignForm(HttpContext http) =>
        Of(http, StatusCodes.Status400BadRequest, texts => (texts.ForeignFormTitle, texts.ForeignFormText));

    public static IResult Busy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "2";
        // What was only read is looked for again; a form is the shopper's to send.
        return Of(
            http, StatusCodes.Status503ServiceUnavailable, texts => (texts.BusyTitle, texts.BusyText),
            againSeconds: HttpMethods.IsGet(http.Request.Method) ? BusySeconds : null);
    }

    /// <summary>For a crowd that came too late: it needs nobody but us, and any cache may keep it.</summary>
    public static IResult SoldOut(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=60, s-maxage=60";
        return Of(http, StatusCodes.Status200OK, texts => (texts.SoldOutPageTitle, texts.SoldOutPageText), isSmall: true);
    }

    // Whether there is such a place was not asked where the page needs nobody; else it was, and there is none.
    static string HomeOfAddress(HttpContext http) =>
        http.NeedsNobody() && http.Request.Path.Value!.Split('/') is [_, var market, var language, ..] ? $"/{market}/{language}/" : "/";

    static IResult Of(
        HttpContext http, int status, Func<Words, (string, string)> words, bool isSmall = false, int? againSeconds = null)
    {
        var place = http.Features.Get<Visit>()?.Place;
        var language = place?.Language ?? Languages.OfAddress(http.Request.Path) ?? Languages.Of(http.Request);
        var (title, text) = words(Words.In(language));
        return Page.Of<FaultPage>(new
        {
            Language = language, Title = title, Text = text, Home = place?.Home ?? HomeOfAddress(http), IsSmall = isSmall, AgainSeconds = againSeconds,
        }, status);
    }
}
