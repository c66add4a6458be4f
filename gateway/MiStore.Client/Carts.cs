using System.Text.Json;

namespace MiStore.Client;

// What /api/carts takes and answers.

/// <param name="Id">The only key to the cart.</param>
/// <param name="Subtotal">Over the lines that are ok.</param>
public sealed record Cart(
    string Id, string Market, string Currency, IReadOnlyList<CartLine> Lines, Money Subtotal, DateTimeOffset UpdatedAt);

/// <param name="State">ok or unavailable.</param>
/// <param name="AllowedQuantity">How many could be ordered; null when it is ok.</param>
/// <param name="Message">The problem in words; null when it is ok.</param>
/// <param name="Problem">The code with which setting the line now would be refused; null when it is ok.</param>
public sealed record CartLine(
    string Sku, string Name, int Quantity, Money? UnitPrice, Money? LineTotal, string State, int? LimitPerCustomer,
    string? Problem, IReadOnlyList<string>? Reasons, DateTimeOffset? AvailableFrom,
    int? AllowedQuantity = null, string? Message = null);

public sealed record CartLineRequest(string Sku, int Quantity);

public sealed record OpenCartRequest(string Market, IReadOnlyList<CartLineRequest> Lines);

public sealed record SetCartLineRequest(int Quantity);

public sealed record SwitchMarketRequest(string Market);

public sealed record SwitchedCart(Cart Cart, IReadOnlyList<LineChange> Changes);

/// <param name="From">The id of the cart whose lines are put into this one.</param>
public sealed record MergeCartsRequest(string From);

/// <param name="Changes">Where the two could not simply be added up.</param>
public sealed record MergedCart(Cart Cart, IReadOnlyList<LineChange> Changes);

/// <param name="Change">repriced (From and To are money), limited (they are units) or not-sold-in-market.</param>
public sealed record LineChange(string Sku, string Change, JsonElement? From, JsonElement? To);
