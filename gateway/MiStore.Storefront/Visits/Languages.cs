namespace MiStore.Storefront.Visits;

/// <summary>What a browser says its owner reads.</summary>
static class Languages
{
    public const string Fallback = "en";

    /// <summary>For a page that belongs to no market.</summary>
    public static string Of(HttpRequest request) =>
        Accepted(request).Select(accepted => accepted.Language).FirstOrDefault(Words.All.ContainsKey) ?? Fallback;

    /// <summary>Best first; "de-AT" is German and Austria.</summary>
    public static IEnumerable<(string Language, string? Region)> Accepted(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Select(accepted => accepted.Value.Value!.Split('-'))
        .Select(parts => (parts[0].ToLowerInvariant(), parts.Length > 1 ? parts[^1].ToUpperInvariant() : null));
}
