using MiStore.Client;

namespace MiStore.Storefront.Parts;

/// <summary>A product's state where one word has to do: that of its variant that one can do most with.</summary>
static class Offers
{
    static readonly string[] BestFirst = ["sellable", "sold-out", "upcoming", "paused", "restricted", "not-offered"];

    public static Variant BestOf(Product product) =>
        product.Variants.MinBy(variant => Array.IndexOf(BestFirst, variant.Offer.State) is var rank and >= 0 ? rank : BestFirst.Length)!;

    public static string StateOf(Product product) => BestOf(product).Offer.State;
}
