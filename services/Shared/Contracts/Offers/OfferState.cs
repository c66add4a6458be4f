using System.Text.Json.Serialization;

namespace MiStore.Contracts.Offers;

/// <summary>Whether a market sells a SKU. Never says sold out: only the stock ledger can.</summary>
[JsonConverter(typeof(KebabCase<OfferState>))]
public enum OfferState
{
    /// <summary>The market does not carry it: no price, or nothing known of it.</summary>
    NotOffered,

    /// <summary>It will be sold; <see cref="OfferTerms.AvailableFrom"/> says when, where that is known.</summary>
    Upcoming,

    Sellable,

    /// <summary>The market, or this product in it, has been stopped for a while.</summary>
    Paused,

    /// <summary>It may not be sold here; <see cref="OfferTerms.Reasons"/> says why.</summary>
    Restricted,
}
