using System.Text.Json;
using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Products;

/// <summary>A product as search engines read it (schema.org in JSON-LD): the same price and state as the API's, and no other.</summary>
static class ProductFacts
{
    /// <returns>JSON without any character that could end a script element.</returns>
    public static string Of(Product product, Visit visit)
    {
        var address = visit.Origin + visit.Place.Product(product.Slug);
        return JsonSerializer.Serialize(Said(new()
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Product",
            ["name"] = product.Name,
            ["description"] = product.Summary,
            ["category"] = product.CategoryName,
            ["image"] = product.Images.Select(image => visit.Origin + image.Url),
            ["url"] = address,
            ["brand"] = new Dictionary<string, string> { ["@type"] = "Brand", ["name"] = "Mi" },
            ["sku"] = product.Variants[0].Sku,
            ["offers"] = product.Variants.Select(variant => OfferOf(variant, address, visit)).OfType<object>().ToList() is { Count: > 0 } offers
                ? offers : null,
        }));
    }

    // What is not known is not said.
    static Dictionary<string, object> Said(Dictionary<string, object?> facts) =>
        facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Key, fact => fact.Value!);

    // Where nothing is offered there is no offer; "paused" has no word there, and none is better than a wrong one.
    static Dictionary<string, object>? OfferOf(Variant variant, string address, Visit visit) =>
        variant.Offer is { State: not ("restricted" or "not-offered"), Price: { } price } offer
        ? Said(new()
        {
            ["@type"] = "Offer",
            ["sku"] = variant.Sku,
            ["url"] = address,
            ["price"] = price.Amount,
            ["priceCurrency"] = price.Currency,
            ["availability"] = offer.State switch
            {
                "sellable" => "https://schema.org/InStock",
                "upcoming" => "https://schema.org/PreOrder",
                "sold-out" => "https://schema.org/OutOfStock",
                _ => null,
            },
            ["availabilityStarts"] = offer.AvailableFrom?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ"),
            ["areaServed"] = visit.Market,
            ["priceSpecification"] = new Dictionary<string, object>
            {
                ["@type"] = "UnitPriceSpecification",
                ["price"] = price.Amount,
                ["priceCurrency"] = price.Currency,
                ["valueAddedTaxIncluded"] = visit.Place.TaxIncluded,
            },
            ["seller"] = new Dictionary<string, string> { ["@type"] = "Organization", ["name"] = visit.Place.Market.Seller.Name },
        })
        : null;
}
