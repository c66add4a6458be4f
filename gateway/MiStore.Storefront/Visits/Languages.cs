namespace MiStore.Storefront.Visits;

/// <summary>What a browser says its owner reads.</summary>
static class Languages
{
    public const string Fallback = "en";

    /// <summary>That of /de/fr/…, without asking anybody whether there is such a place.</summary>
    public static string? OfAddress(PathString path) =>
        path.Value!.Split('/') is [_, { Length: 2 }, var language, ..] && Words.All.ContainsKey(language) ? language : null;

    /// <summary>For a page that belongs to no market.</summary>
    public static string Of(HttpRequest request) =>
        Accepted(request).Select(accepted => accepted.Language).FirstOrDefault(Words.All.ContainsKey) ?? Fallback;

    /// <summary>Best first; "de-AT" is German and Austria.</summary>
    public static IEnumerable<(string Language, string? Region)> Accepted(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Select(accepted => accepted.Value.Value!.Split('-'))
        .Select(parts => (parts[0].ToLowerInvariant(), parts.Length > 1 ? parts[^1].ToUpperInvariant() : null));
}
