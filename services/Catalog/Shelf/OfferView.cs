using System.Text.Json.Serialization;
using MiStore.Contracts;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

namespace MiStore.Catalog.Shelf;

/// <summary>What a shopper can do with a variant in a market at this moment.</summary>
[JsonConverter(typeof(KebabCase<ShelfState>))]
public enum ShelfState
{
    Sellable,

    /// <summary>It will be sold: from <see cref="OfferView.AvailableFrom"/>, where that is decided.</summary>
    Upcoming,

    /// <summary>Every unit that was released is gone. Only ever said when the stock ledger said zero.</summary>
    SoldOut,

    /// <summary>It may not be sold here; <see cref="OfferView.Reasons"/> says why.</summary>
    Restricted,

    /// <summary>The market, or this product in it, has been stopped for a while.</summary>
    Paused,

    /// <summary>The market does not carry this variant.</summary>
    NotOffered,
}

/// <summary>An offer as shoppers see it: Pricing's terms and Checkout's stock, at one instant.</summary>
/// <param name="Price">Per unit, with or without tax as the market shows it; null where none is announced.</param>
/// <param name="LowestPrice30Days">The lowest price of the 30 days before a reduction; null where nothing is reduced.</param>
/// <param name="LimitPerCustomer">Units one customer may buy; null is no limit.</param>
/// <param name="AvailableFrom">When it can be bought, or bought again; null when it can be now, or nothing is decided.</param>
/// <param name="Reasons">Codes such as patents, support-centre, localisation; empty unless restricted.</param>
/// <param name="Remaining">How much is left, roughly; none unless sellable.</param>
public sealed record OfferView(
    ShelfState State,
    Money? Price,
    Money? LowestPrice30Days,
    int? LimitPerCustomer,
    DateTimeOffset? AvailableFrom,
    IReadOnlyList<string> Reasons,
    Remaining Remaining)
{
    /// <param name="terms">In force at <paramref name="now"/>.</param>
    /// <param name="stock">Null when Checkout has never said anything of the variant.</param>
    public static OfferView Of(OfferTerms terms, AvailabilityChanged? stock, DateTimeOffset now)
    {
        var left = stock?.At(now);
        var nextOpening = stock?.NextOpeningAfter(now);

        return (terms.State, left) switch
        {
            (OfferState.Restricted, _) => Shown(ShelfState.Restricted) with { Reasons = terms.Reasons ?? [] },
            (OfferState.Paused, _) => Shown(ShelfState.Paused),
            (OfferState.Upcoming, _) => Shown(ShelfState.Upcoming) with { AvailableFrom = terms.AvailableFrom },
            // Nothing has been released yet. That is not the same as sold out, and must not look like it.
            (OfferState.Sellable, null) => Shown(ShelfState.Upcoming) with { AvailableFrom = nextOpening },
            (OfferState.Sellable, Remaining.None) => Shown(ShelfState.SoldOut) with { AvailableFrom = nextOpening },
            (OfferState.Sellable, { } some) => Shown(ShelfState.Sellable) with { Remaining = some },
            _ => Shown(ShelfState.NotOffered),
        };

        OfferView Shown(ShelfState state) =>
            new(state, terms.Price, terms.LowestPrice30Days, terms.LimitPerCustomer, null, [], Remaining.None);
    }
}
