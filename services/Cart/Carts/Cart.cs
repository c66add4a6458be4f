using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using MiStore.Contracts.Orders;

namespace MiStore.Cart.Carts;

/// <summary>
/// What a shopper has picked so far, in one market. Holds no prices and no names: those are looked up at each reading, so
/// that a cart never shows yesterday's terms.
/// </summary>
/// <param name="Id">128 random bits, base64url: the only key to the cart.</param>
/// <param name="Market">Upper-case code.</param>
/// <param name="Lines">In the order in which they were first set.</param>
public sealed record Cart(string Id, string Market, IReadOnlyList<CartLine> Lines, DateTimeOffset UpdatedAt)
{
    public const int MaxLines = 50;

    const int IdBytes = 16;

    // A cart remembers the last of what was done to it by others, to know a repeat when it hears one.
    const int MostSeals = 32;

    /// <summary>Orders that were placed from it and carts that were merged into it: each counts once.</summary>
    public IReadOnlyList<string> Seals { get; init; } = [];

    /// <summary>Goes up by one with each change; 0 is a cart that nobody has saved yet.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    public static Cart Open(string market, DateTimeOffset now) =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), market, [], now);

    /// <summary>Whether a text can be a cart's id at all.</summary>
    public static bool IsId(string text) =>
        text.Length == Base64Url.GetEncodedLength(IdBytes) && Base64Url.IsValid(text);

    public CartLine? Find(string sku) => Lines.FirstOrDefault(line => line.Sku == sku);

    /// <summary>Whether there is no room left for a line of this SKU.</summary>
    public bool IsFullFor(string sku) => Lines.Count >= MaxLines && Find(sku) is null;

    /// <summary>Sets how many there are; once or twice, the cart is the same.</summary>
    public Cart WithLine(string sku, int quantity, DateTimeOffset now) => Find(sku) switch
    {
        { } line when line.Quantity == quantity => this,
        { } line => this with { Lines = [.. Lines.Select(it => it == line ? line with { Quantity = quantity } : it)], UpdatedAt = now },
        null => this with { Lines = [.. Lines, new CartLine(sku, quantity)], UpdatedAt = now },
    };

    public Cart WithoutLine(string sku, DateTimeOffset now) => Find(sku) is null
        ? this
        : this with { Lines = [.. Lines.Where(line => line.Sku != sku)], UpdatedAt = now };

    /// <summary>
    /// What was ordered from it is in it no longer; what was picked meanwhile stays. An order that it has heard of before
    /// takes nothing more.
    /// </summary>
    public Cart WithoutOrdered(Guid order, IReadOnlyList<OrderedLine> ordered, DateTimeOffset now)
    {
        var seal = $"order {order}";
        if (Seals.Contains(seal))
            return this;

        var units = ordered.ToDictionary(line => line.Sku, line => line.Quantity);
        return Sealed(seal) with
        {
            Lines =
            [
                .. Lines.Select(line => line with { Quantity = line.Quantity - units.GetValueOrDefault(line.Sku) })
                    .Where(line => line.Quantity > 0),
            ],
            UpdatedAt = now,
        };
    }

    internal Cart Sealed(string seal) => this with { Seals = [.. Seals.Append(seal).TakeLast(MostSeals)] };

    public Cart In(string market, IReadOnlyList<CartLine> lines, DateTimeOffset now) => market == Market
        ? this
        : this with { Market = market, Lines = lines, UpdatedAt = now };
}

/// <param name="Quantity">Units, 1 to 99.</param>
public sealed record CartLine(string Sku, int Quantity)
{
    public const int MinQuantity = 1;
    public const int MaxQuantity = 99;
}
