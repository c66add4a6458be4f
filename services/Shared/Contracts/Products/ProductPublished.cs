namespace MiStore.Contracts.Products;

/// <summary>
/// A product exists, with its variants and everything that keeps it from being sold. Replaces any news of the product
/// with a lower version.
/// </summary>
/// <param name="Slug">Names the product in URLs; never changes.</param>
/// <param name="Variants">What can be bought, each under its own SKU.</param>
/// <param name="Restrictions">Per market; a market that is not named has none.</param>
/// <param name="Languages">In which nothing that a shopper reads is missing; null where that was not said.</param>
/// <param name="Safety">Null where there is no safety data, or that was not said.</param>
/// <param name="Texts">How much of it is told in which language; null where that was not said.</param>
/// <param name="HsCode">Of the Harmonized System, for customs; null where it is not known.</param>
public sealed record ProductPublished(
    string Slug, long Version, string Category,
    IReadOnlyList<ProductVariant> Variants, IReadOnlyList<MarketRestriction> Restrictions,
    IReadOnlyList<string>? Languages = null, ProductSafety? Safety = null, ProductTexts? Texts = null, string? HsCode = null);

/// <param name="Names">By language; always has en.</param>
public sealed record ProductVariant(string Sku, IReadOnlyDictionary<string, string> Names);

/// <param name="Reasons">Reason codes, such as patents, support-centre, localisation.</param>
public sealed record MarketRestriction(string Market, IReadOnlyList<string> Reasons);

/// <summary>For whom the safety data of a product, with its maker's name and address, is complete.</summary>
/// <param name="Markets">Where a responsible person is named.</param>
/// <param name="Languages">That the warnings are in.</param>
public sealed record ProductSafety(IReadOnlyList<string> Markets, IReadOnlyList<string> Languages);

/// <summary>How many texts a shopper reads of a product; one that is missing in a language falls back to English.</summary>
/// <param name="Count">As many as there are in a language that has all of them.</param>
/// <param name="ByLanguage">How many there are, in every language that has any.</param>
public sealed record ProductTexts(int Count, IReadOnlyDictionary<string, int> ByLanguage)
{
    /// <summary>How many fall back in a language.</summary>
    public int MissingIn(string language) => Count - ByLanguage.GetValueOrDefault(language);
}
