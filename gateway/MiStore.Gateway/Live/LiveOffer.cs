using System.Text.Json.Serialization;
using MiStore.Contracts;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

namespace MiStore.Gateway.Live;

/// <summary>What can be done with a SKU in a market, in the words of a product's offer.</summary>
[JsonConverter(typeof(KebabCase<LiveState>))]
public enum LiveState
{
    NotOffered,
    Upcoming,
    Sellable,
    SoldOut,
    Restricted,
    Paused,
}

/// <summary>What those who follow a market are told of one SKU.</summary>
/// <param name="Remaining">How much is left, roughly; none unless sellable.</param>
/// <param name="AvailableFrom">When it can be bought, or bought again; null when it can be now, or nothing is decided.</param>
public sealed record LiveOffer(string Sku, LiveState State, Remaining Remaining, DateTimeOffset? AvailableFrom)
{
    /// <summary>The same as Catalog says of it on the product's page, from the same news.</summary>
    /// <param name="terms">In force at <paramref name="now"/>.</param>
    /// <param name="stock">Null when Checkout has never said anything of the SKU.</param>
    public static LiveOffer Of(string sku, OfferTerms terms, AvailabilityChanged? stock, DateTimeOffset now) => (terms.State, stock?.At(now)) switch
    {
        (OfferState.Restricted, _) => new(sku, LiveState.Restricted, Remaining.None, null),
        (OfferState.Paused, _) => new(sku, LiveState.Paused, Remaining.None, null),
        (OfferState.Upcoming, _) => new(sku, LiveState.Upcoming, Remaining.None, terms.AvailableFrom),
        // Nothing has been released yet. That is not the same as sold out, and must not look like it.
        (OfferState.Sellable, null) => new(sku, LiveState.Upcoming, Remaining.None, stock?.NextOpeningAfter(now)),
        (OfferState.Sellable, Remaining.None) => new(sku, LiveState.SoldOut, Remaining.None, stock?.NextOpeningAfter(now)),
        (OfferState.Sellable, { } some) => new(sku, LiveState.Sellable, some, null),
        _ => new(sku, LiveState.NotOffered, Remaining.None, null),
    };
}
