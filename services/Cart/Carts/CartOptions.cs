using System.ComponentModel.DataAnnotations;

namespace MiStore.Cart.Carts;

/// <summary>Settings under <c>Carts</c>.</summary>
public sealed record CartOptions
{
    /// <summary>A cart is kept this long after its last change.</summary>
    [Range(1, 365)]
    public int LifetimeDays { get; init; } = 30;

    public TimeSpan Lifetime => TimeSpan.FromDays(LifetimeDays);
}
