namespace MiStore.Catalog.Products;

/// <summary>Texts by two-letter language code. English is always there, so that there is always something to show.</summary>
public static class Localised
{
    public const string Fallback = "en";

    public static T In<T>(this IReadOnlyDictionary<string, T> texts, string language) =>
        texts.TryGetValue(language, out var text) ? text : texts[Fallback];
}
