using MiStore.Catalog.Restrictions;

namespace MiStore.Catalog.Products;

/// <summary>Something that we sell, as an operator publishes it: the same in every market, in several languages.</summary>
/// <param name="Slug">Names the product in URLs, for ever: lower-case words joined by hyphens, at most 64 characters.</param>
/// <param name="Category">Slug of a category that exists.</param>
/// <param name="Texts">By two-letter language code; always has en.</param>
/// <param name="Specifications">In the order in which they are shown; at most 40.</param>
/// <param name="Images">The first is the one that listings show; at most 12.</param>
/// <param name="Variants">What can be bought, each under its own SKU; 1 to 50.</param>
/// <param name="Restrictions">Where it may not be sold, and why; null or empty where nothing stands against it.</param>
/// <param name="Safety">Null where it has none yet: markets that ask for safety data then do not open with it.</param>
/// <param name="Position">Its place in listings, ascending; null puts a new one last and leaves another where it is.</param>
/// <param name="HsCode">Of the Harmonized System, for customs: 6 to 10 digits; null where nobody has looked it up.</param>
public sealed record Product(
    string Slug,
    string Category,
    IReadOnlyDictionary<string, ProductText> Texts,
    IReadOnlyList<Specification> Specifications,
    IReadOnlyList<ProductImage> Images,
    IReadOnlyList<Variant> Variants,
    IReadOnlyList<Restriction>? Restrictions = null,
    int? Position = null,
    Safety? Safety = null,
    string? HsCode = null);

/// <param name="Name">At most 120 characters.</param>
/// <param name="Summary">One sentence, at most 300 characters.</param>
/// <param name="Description">Plain text, at most 4,000 characters; an empty line parts paragraphs.</param>
public sealed record ProductText(string Name, string Summary, string Description);

/// <summary>One measured or told property: exactly one of number, flag and text is given.</summary>
/// <param name="Name">Names it in the answer, in camelCase: capacity, batteryLife.</param>
/// <param name="Labels">What shoppers call it, by language; always has en.</param>
/// <param name="Unit">Of the number, as written beside it: mAh, mm, g.</param>
/// <param name="Text">By language; always has en.</param>
public sealed record Specification(
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    decimal? Number = null,
    string? Unit = null,
    bool? Flag = null,
    IReadOnlyDictionary<string, string>? Text = null);

/// <param name="Url">A path on this store under /images/, or an https address.</param>
/// <param name="Alts">What the picture shows, for who cannot see it, by language; always has en.</param>
public sealed record ProductImage(string Url, IReadOnlyDictionary<string, string> Alts);

/// <param name="Sku">Capital letters, digits and hyphens, at most 40 characters; unique in the store, for ever.</param>
/// <param name="Names">
/// As it stands on a cart line or an order, without the product's name beside it: "Mi Band, black". By language; always
/// has en.
/// </param>
public sealed record Variant(string Sku, IReadOnlyDictionary<string, string> Names);
