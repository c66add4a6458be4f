using MiStore.Client;

namespace MiStore.Storefront.Visits;

/// <summary>One page in all markets and languages. Each of them names all of them, itself included, so that they agree.</summary>
static class Alternates
{
    public const string Default = "x-default";

    /// <param name="path">What stands behind the place's address.</param>
    /// <returns>Language and region as hreflang has them, with the page's path; last the one for everybody else.</returns>
    public static IEnumerable<(string Language, string Address)> Of(IReadOnlyList<Market> markets, string path)
    {
        var all = from market in markets
                  from language in market.Languages.Where(Words.All.ContainsKey)
                  select (Language: $"{language}-{market.Code}", Address: Place.HomeOf(market.Code, language) + path);
        // Who comes from elsewhere chooses a market first; a product they can at least read about.
        return path == ""
            ? [.. all, (Default, "/")]
            : [.. all, (Default, all.First(page => page.Language.StartsWith(Languages.Fallback, StringComparison.Ordinal)).Address)];
    }
}
