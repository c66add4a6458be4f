using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using MiStore.Client;
using MiStore.Storefront.WaitingRoom;

namespace MiStore.Storefront.Visits;

/// <summary>One request of a shopper in a market: where they are, what the market shows, and what they have picked.</summary>
/// <param name="Shelf">Everything the market shows.</param>
/// <param name="LegalTexts">The documents that the market has, in the order in which they stand below each page.</param>
/// <param name="Cart">Null where the shopper has none yet, or it has been forgotten.</param>
/// <param name="Path">What stands behind the place's address; the same page in another language or market.</param>
public sealed record Visit(
    Place Place, IReadOnlyList<Market> Markets, IReadOnlyList<Product> Shelf, IReadOnlyList<string> LegalTexts, Cart? Cart, string Path,
    string Origin)
{
    public Words Words => Place.Words;

    /// <summary>That they may order now what is sold in turn and lies in the cart; null else.</summary>
    public Turn? Turn { get; init; }

    public string Language => Place.Language;

    public string Market => Place.Market.Code;

    public int UnitsInCart => Cart?.Lines.Sum(line => line.Quantity) ?? 0;

    /// <summary>In the order of the shelf.</summary>
    public IEnumerable<(string Slug, string Name)> Categories =>
        Shelf.Select(product => (product.Category, product.CategoryName)).Distinct();

    /// <summary>The product that a cart line or order line is of.</summary>
    public Product? ProductOf(string sku) => Shelf.FirstOrDefault(product => product.Variants.Any(variant => variant.Sku == sku));

    public static ValueTask<Visit> BindAsync(HttpContext http, ParameterInfo _) => ValueTask.FromResult(http.Features.GetRequiredFeature<Visit>());
}
