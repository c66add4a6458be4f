using System.Text.RegularExpressions;
using MiStore.Catalog.Restrictions;
using MiStore.Contracts.Markets;

namespace MiStore.Catalog.Products;

/// <summary>
/// What has to be true of a product before it is published. Says everything that is wrong, not only the first.
/// </summary>
public static partial class ProductRules
{
    /// <returns>One sentence per fault; none when the product may be published.</returns>
    public static IReadOnlyList<string> Faults(Product product)
    {
        // JSON can say null where the types say that there is something.
        if (product.Texts.Values.Contains(null!) || product.Specifications.Contains(null!)
            || product.Images.Contains(null!) || product.Variants.Contains(null!))
            return ["null stands where a text, specification, image or variant is expected."];

        var faults = new List<string>();
        void Must(bool holds, string otherwise)
        {
            if (!holds)
                faults.Add(otherwise);
        }

        Must(product.Slug.Length <= 64 && Words().IsMatch(product.Slug),
            "slug: lower-case words joined by hyphens, at most 64 characters.");
        Must(product.Category.Length is > 0 and <= 64, "category: 1 to 64 characters.");
        Must(product.Position is null or >= 0, "position: not negative.");
        Must(product.HsCode is null || HsCode().IsMatch(product.HsCode), "hsCode: 6 to 10 digits.");

        Must(IsLocalised(product.Texts.Keys), Localisation("texts"));
        foreach (var (language, text) in product.Texts)
        {
            Must(IsText(text.Name, 120), $"texts.{language}.name: 1 to 120 characters.");
            Must(IsText(text.Summary, 300), $"texts.{language}.summary: 1 to 300 characters.");
            Must(IsText(text.Description, 4000), $"texts.{language}.description: 1 to 4000 characters.");
        }

        Must(product.Specifications.Count <= 40, "specifications: at most 40.");
        Must(AreDistinct(product.Specifications.Select(given => given.Name)), "specifications: each name once.");
        foreach (var (name, labels, number, unit, flag, text) in product.Specifications)
        {
            Must(name.Length <= 40 && CamelCase().IsMatch(name), "specifications.name: camelCase, at most 40 characters.");
            Must(IsLocalised(labels, 60), Localisation($"specifications.{name}.labels", 60));
            Must(new object?[] { number, flag, text }.Count(given => given is not null) == 1,
                $"specifications.{name}: exactly one of number, flag and text.");
            Must(text is null || IsLocalised(text, 200), Localisation($"specifications.{name}.text", 200));
            Must(unit is null || number is not null && IsText(unit, 20),
                $"specifications.{name}.unit: only beside a number, 1 to 20 characters.");
        }

        Must(product.Images.Count <= 12, "images: at most 12.");
        foreach (var image in product.Images)
        {
            Must(image.Url.Length <= 300 && ImageUrl().IsMatch(image.Url),
                "images.url: a path under /images/, or an https address, at most 300 characters.");
            Must(IsLocalised(image.Alts, 200), Localisation("images.alts", 200));
        }

        Must(product.Variants.Count is >= 1 and <= 50, "variants: 1 to 50.");
        Must(AreDistinct(product.Variants.Select(variant => variant.Sku)), "variants: each SKU once.");
        foreach (var variant in product.Variants)
        {
            Must(variant.Sku.Length <= 40 && Sku().IsMatch(variant.Sku),
                "variants.sku: capital letters, digits and hyphens, at most 40 characters.");
            Must(IsLocalised(variant.Names, 120), Localisation("variants.names", 120));
        }

        if (product.Safety is { } safety)
        {
            Must(safety.ResponsiblePersons.Count <= 50 && safety.ResponsiblePersons.Keys.All(market => MarketCode.Normalize(market) == market),
                "safety.responsiblePersons: by country code in capitals, such as DE.");
            Must(safety.ResponsiblePersons.Values.Prepend(safety.Manufacturer).All(IsContact),
                "safety: manufacturer and responsible persons have a name, a postal address and an e-mail address.");
            Must(IsLocalised(safety.Warnings, 1000), Localisation("safety.warnings", 1000));
            Must(safety.Disposal is null || IsLocalised(safety.Disposal, 1000), Localisation("safety.disposal", 1000));
        }

        faults.AddRange(RestrictionRules.Faults(product.Restrictions ?? []));
        return faults;
    }

    /// <summary>One fault for a missing, empty or endless reason of a change; none for a good one.</summary>
    internal static IEnumerable<string> FaultsOfWhy(string why) => IsText(why, 500) ? [] : ["why: 1 to 500 characters."];

    internal static bool IsLocalised(IReadOnlyDictionary<string, string> texts, int longest) =>
        IsLocalised(texts.Keys) && texts.Values.All(text => IsText(text, longest));

    internal static string Localisation(string field, int? longest = null) =>
        $"{field}: by two-letter language code, with en among them"
        + (longest is null ? "." : $", 1 to {longest} characters each.");

    // Control characters have no business in a text, and PostgreSQL cannot store all of them.
    internal static bool IsText(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(c => char.IsControl(c) && c != '\n');

    internal static bool AreDistinct(IEnumerable<string> names)
    {
        var seen = new HashSet<string>();
        return names.All(seen.Add);
    }

    static bool IsContact(Contact? contact) =>
        contact is not null && IsText(contact.Name, 120) && IsText(contact.Address, 300) && IsText(contact.Email, 254) && contact.Email.Contains('@');

    static bool IsLocalised(IEnumerable<string> languages) =>
        languages.Contains(Localised.Fallback) && languages.All(language => Language().IsMatch(language));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z")]
    internal static partial Regex Words();

    [GeneratedRegex("^[a-z][a-zA-Z0-9]*\\z")]
    private static partial Regex CamelCase();

    [GeneratedRegex("^[A-Z0-9]+(-[A-Z0-9]+)*\\z")]
    private static partial Regex Sku();

    [GeneratedRegex("^[a-z]{2}\\z")]
    private static partial Regex Language();

    [GeneratedRegex("^[0-9]{6,10}\\z")]
    private static partial Regex HsCode();

    [GeneratedRegex("^(/images/|https://)[A-Za-z0-9._~/%-]+\\z")]
    private static partial Regex ImageUrl();
}
