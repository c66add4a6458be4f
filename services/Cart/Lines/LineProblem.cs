using MiStore.Cart.Carts;
using MiStore.Contracts.Offers;

namespace MiStore.Cart.Lines;

/// <summary>Why so many of a product cannot be bought in a market now. The order applies the same rule once more.</summary>
public abstract record LineProblem(string Code)
{
    /// <param name="Reasons">Restriction reason codes; empty where the market simply does not carry it.</param>
    public sealed record NotSold(IReadOnlyList<string> Reasons) : LineProblem("not-sold-in-market");

    /// <param name="AvailableFrom">Null where no date is set.</param>
    public sealed record NotYetOpen(DateTimeOffset? AvailableFrom) : LineProblem("not-yet-open");

    /// <param name="Code">market-paused or product-paused.</param>
    public sealed record Paused(string Code) : LineProblem(Code);

    /// <param name="Limit">Units one customer may buy.</param>
    public sealed record OverLimit(int Limit) : LineProblem("limit-exceeded");

    /// <summary>What a message about it may name.</summary>
    public IDictionary<string, object?> Facts => this is OverLimit(var limit) ? new Dictionary<string, object?> { ["limit"] = limit } : new Dictionary<string, object?>();

    /// <returns>Null when nothing stands in the way.</returns>
    public static LineProblem? Of(OfferTerms terms, int quantity) => terms switch
    {
        { State: OfferState.Restricted } => new NotSold(terms.Reasons ?? []),
        { State: OfferState.Upcoming } => new NotYetOpen(terms.AvailableFrom),
        { State: OfferState.Paused } => new Paused(terms.PauseCode),
        { State: OfferState.Sellable, LimitPerCustomer: { } limit } when quantity > limit => new OverLimit(limit),
        { State: OfferState.Sellable, Price: not null } => null,
        _ => new NotSold([]),
    };

    /// <summary>Whether a number can be a line's quantity at all.</summary>
    public static bool IsQuantity(long number) => number is >= CartLine.MinQuantity and <= CartLine.MaxQuantity;
}
