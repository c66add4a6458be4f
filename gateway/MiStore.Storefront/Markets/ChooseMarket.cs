using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Markets;

/// <summary>
/// The shopper says where the parcel is to go and in which language to read. We suggest and remember; nobody is sent
/// anywhere unasked, so a link always shows what it showed to whoever sent it.
/// </summary>
static class ChooseMarket
{
    const string Cookie = "market";

    static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static void MapChooseMarket(this WebApplication app)
    {
        app.MapGet("/", Show);
        app.MapGet("/choice/{country:length(2)}/{tongue:length(2)}", Choose);
    }

    static async Task<IResult> Show(HttpContext http, StoreClient store, CancellationToken cancellation)
    {
        var markets = (await store.ListMarkets(cancellation)).OrThrow();
        return Page.Of<ChoicePage>(new
        {
            Language = Languages.Of(http.Request),
            Markets = markets,
            Suggestion = Suggest(markets, http.Request.Cookies[Cookie], [.. Languages.Accepted(http.Request)]),
        });
    }

    static async Task<IResult> Choose(string country, string tongue, HttpContext http, StoreClient store, CancellationToken cancellation)
    {
        var markets = (await store.ListMarkets(cancellation)).OrThrow();
        if (Find(markets, country, tongue) is not { } choice)
            return FaultPages.NotFound(http);

        http.Response.Cookies.Append(Cookie, $"{country}/{tongue}", CartCookie.Options(http.Request, Remembered));
        return Results.LocalRedirect(Place.HomeOf(choice.Market.Code, choice.Language));
    }

    /// <summary>What was chosen before; else the market of the browser's region, else one that speaks its language.</summary>
    /// <param name="accepted">Languages with their regions, best first.</param>
    public static (Market Market, string Language)? Suggest(
        IReadOnlyList<Market> markets, string? chosen, IReadOnlyList<(string Language, string? Region)> accepted)
    {
        if (chosen?.Split('/') is [var market, var language] && Find(markets, market, language) is { } before)
            return before;

        foreach (var (speaks, region) in accepted)
            if (markets.FirstOrDefault(one => one.Code == region) is { } there)
                return (there, Place.LanguageFor(there, speaks));

        foreach (var (speaks, _) in accepted)
            if (markets.FirstOrDefault(one => one.Languages[0] == speaks && Words.All.ContainsKey(speaks)) is { } there)
                return (there, speaks);

        return null;
    }

    static (Market Market, string Language)? Find(IReadOnlyList<Market> markets, string market, string language) =>
        markets.FirstOrDefault(one => one.Code.Equals(market, StringComparison.OrdinalIgnoreCase)) is { } found
        && found.Languages.Contains(language) && Words.All.ContainsKey(language)
            ? (found, language) : null;
}
