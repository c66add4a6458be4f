using System.Text.Json.Serialization;
using MiStore.Cart.Copies;
using MiStore.Cart.Lines;
using MiStore.Contracts;

namespace MiStore.Cart.Carts;

/// <summary>What another market makes of a line.</summary>
/// <param name="From">Before: money where it is repriced (null where it had no price), units where it is limited.</param>
/// <param name="To">After, in the same way.</param>
/// <param name="Reasons">Why it is not sold; empty where the market simply does not carry it, null for other changes.</param>
/// <param name="AvailableFrom">When it will be sold, where that is known.</param>
public sealed record LineChange(
    string Sku, LineChangeKind Change, object? From = null, object? To = null,
    IReadOnlyList<string>? Reasons = null, DateTimeOffset? AvailableFrom = null)
{
    /// <summary>
    /// Every line goes along. One that cannot be sold stays as it is, for the shopper to see; one over the new market's
    /// limit is cut to the limit.
    /// </summary>
    public static (IReadOnlyList<CartLine> Lines, IReadOnlyList<LineChange> Changes) Between(
        Shelf before, Shelf after, IReadOnlyList<CartLine> lines, DateTimeOffset now)
    {
        var kept = new List<CartLine>();
        var changes = new List<LineChange>();
        foreach (var line in lines)
        {
            var terms = after.TermsOf(line.Sku, now);
            var moved = terms.LimitPerCustomer is >= CartLine.MinQuantity and var limit && limit < line.Quantity
                ? line with { Quantity = limit }
                : line;

            if (LineProblem.Of(terms, moved.Quantity) is { } problem)
            {
                kept.Add(line);
                changes.Add(new LineChange(
                    line.Sku, LineChangeKind.NotSoldInMarket,
                    Reasons: (problem as LineProblem.NotSold)?.Reasons ?? [],
                    AvailableFrom: (problem as LineProblem.NotYetOpen)?.AvailableFrom));
                continue;
            }

            kept.Add(moved);
            if (before.TermsOf(line.Sku, now).Price is var price && price != terms.Price)
                changes.Add(new LineChange(line.Sku, LineChangeKind.Repriced, price, terms.Price));
            if (moved.Quantity != line.Quantity)
                changes.Add(new LineChange(line.Sku, LineChangeKind.Limited, line.Quantity, moved.Quantity));
        }

        return (kept, changes);
    }
}

[JsonConverter(typeof(KebabCase<LineChangeKind>))]
public enum LineChangeKind
{
    /// <summary>Sold here too, at another price.</summary>
    Repriced,

    /// <summary>Cannot be bought here now; the line stays, marked unavailable.</summary>
    NotSoldInMarket,

    /// <summary>Cut to what one customer may buy here.</summary>
    Limited,
}
