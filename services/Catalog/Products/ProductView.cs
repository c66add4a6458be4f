using System.Text.Json;
using MiStore.Catalog.Shelf;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

namespace MiStore.Catalog.Products;

/// <summary>A product as a market shows it at one moment, in one language.</summary>
/// <param name="Category">Slug, for the category filter; its name in words is beside it.</param>
/// <param name="Specifications">By name, in the order in which they are to be shown.</param>
/// <param name="Restrictions">Why it is not sold here, in words for shoppers; empty where it is.</param>
/// <param name="Safety">Who made it, who answers for it here, and what to beware of; null where nothing is known.</param>
public sealed record ProductView(
    string Slug,
    string Name,
    string Summary,
    string Description,
    string Category,
    string CategoryName,
    IReadOnlyList<ImageView> Images,
    IReadOnlyDictionary<string, SpecificationView> Specifications,
    IReadOnlyList<VariantView> Variants,
    IReadOnlyList<RestrictionView> Restrictions,
    SafetyView? Safety)
{
    /// <returns>The view, and when the clock alone next changes it; null when it never will.</returns>
    internal static (ProductView View, DateTimeOffset? NextChange) Of(ShelfRow row, string market, DateTimeOffset now)
    {
        var restrictions = Read<Restricting[]>(row.Restrictions ?? "[]");
        var variants = Read<Placed[]>(row.Variants, JsonSerializerOptions.Default)
            .Select(variant => (
                variant.Sku, variant.Names,
                Offer: new OfferPublished(market, variant.Sku, 0, variant.Schedule ?? []),
                Stock: variant.Batches is null ? null : new AvailabilityChanged(market, variant.Sku, 0, variant.Batches)))
            .ToList();

        var view = new ProductView(
            row.Slug, row.Name, row.Summary, row.Description,
            row.Category, Read<Dictionary<string, string>>(row.CategoryNames).In(row.Language),
            [.. Read<ProductImage[]>(row.Images).Select(image => new ImageView(image.Url, image.Alts.In(row.Language)))],
            new OrderedDictionary<string, SpecificationView>(
                from specification in Read<Specification[]>(row.Specifications)
                select KeyValuePair.Create(specification.Name, SpecificationView.Of(specification, row.Language))),
            [.. variants.Select(variant => new VariantView(
                variant.Sku, variant.Names.In(row.Language), OfferView.Of(TermsOf(variant.Offer), variant.Stock, now)))],
            [.. restrictions.Select(restriction => new RestrictionView(
                restriction.Reason, restriction.Texts.In(row.Language), restriction.ReviewOn))],
            row.Safety is null ? null : SafetyView.Of(Read<Safety>(row.Safety), market, row.Language));

        return (view, variants
            .SelectMany(variant => new[] { variant.Offer.NextChangeAfter(now), variant.Stock?.NextChangeAfter(now) })
            .Min());

        // The restriction is ours: it holds from the moment we know it, before Pricing's offer says so as well.
        OfferTerms TermsOf(OfferPublished offer) => restrictions.Length == 0
            ? offer.At(now)
            : new OfferTerms(now, OfferState.Restricted, Reasons: [.. restrictions.Select(each => each.Reason)]);
    }

    static T Read<T>(string json, JsonSerializerOptions? options = null) =>
        JsonSerializer.Deserialize<T>(json, options ?? JsonSerializerOptions.Web)!;

    // Schedule and batches stand in the database as they came over the bus.
    sealed record Placed(
        string Sku, IReadOnlyDictionary<string, string> Names,
        IReadOnlyList<OfferTerms>? Schedule, IReadOnlyList<BatchAvailability>? Batches);

    sealed record Restricting(string Reason, DateOnly ReviewOn, IReadOnlyDictionary<string, string> Texts);
}

/// <param name="Alt">What the picture shows, for who cannot see it.</param>
public sealed record ImageView(string Url, string Alt);

/// <summary>One property of a product: <c>{"label":"Capacity","value":5000,"unit":"mAh"}</c>.</summary>
/// <param name="Label">What to call it.</param>
/// <param name="Value">A number, true or false, or a text.</param>
/// <param name="Unit">Of a number; null where it has none.</param>
public sealed record SpecificationView(string Label, object Value, string? Unit)
{
    internal static SpecificationView Of(Specification specification, string language) => new(
        specification.Labels.In(language),
        specification switch
        {
            { Number: { } number } => number,
            { Flag: { } flag } => flag,
            _ => specification.Text!.In(language),
        },
        specification.Unit);
}

public sealed record VariantView(string Sku, string Name, OfferView Offer);

/// <param name="Reason">A lasting code such as patents, support-centre, localisation.</param>
/// <param name="Text">The same in words.</param>
/// <param name="ReviewOn">When the reason is looked at again.</param>
public sealed record RestrictionView(string Reason, string Text, DateOnly ReviewOn);
