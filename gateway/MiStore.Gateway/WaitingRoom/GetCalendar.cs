using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Gateway.Live;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// The way to a sale's calendar file, in a language that its market speaks. The file names the product and the page, which the
/// storefront knows.
/// </summary>
static class GetCalendar
{
    public static void MapGetCalendar(this RouteGroupBuilder sales) => sales
        .MapGet("/{id:guid}/calendar.ics", Handle)
        .WithName(nameof(GetCalendar))
        .WithSummary("Find the calendar file (RFC 5545) of a sale, with an alarm before it")
        .Produces(StatusCodes.Status302Found)
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <param name="language">Two letters; else Accept-Language decides, and else the market.</param>
    static Results<RedirectHttpResult, ProblemHttpResult> Handle(
        Guid id, string? language, HttpContext http, SaleRooms rooms, LiveMarkets markets)
    {
        if (rooms.Find(id) is not { Sale.Market: var market })
            return SaleProblems.UnknownSale();

        http.Response.Headers.Vary = "Accept-Language";
        var accepted = http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(its => its.Quality ?? 1).Select(its => its.Value.Value!);
        var spoken = LanguageFor(markets.LanguagesOf(market), [language ?? "", .. accepted]);
        return TypedResults.LocalRedirect($"/{market.ToLowerInvariant()}/{spoken}/sales/{id}/calendar.ics");
    }

    /// <param name="spoken">By the market, its own first.</param>
    /// <param name="wanted">Best first, as BCP 47 tags.</param>
    internal static string LanguageFor(IReadOnlyList<string> spoken, IEnumerable<string> wanted) =>
        wanted.Select(tag => tag.Split('-')[0].ToLowerInvariant()).FirstOrDefault(spoken.Contains) ?? spoken.FirstOrDefault("en");
}
