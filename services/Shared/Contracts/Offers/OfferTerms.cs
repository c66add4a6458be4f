using System.Text.Json.Serialization;

namespace MiStore.Contracts.Offers;

/// <summary>The terms of an offer from one instant until the next entry of its schedule.</summary>
/// <param name="Price">Per unit; null where nothing can be bought and no price is announced.</param>
/// <param name="LowestPrice30Days">
/// The lowest price of the 30 days before a reduction began (Directive 98/6/EC, article 6a); null where nothing is reduced.
/// </param>
/// <param name="LimitPerCustomer">Units one customer may buy; null is no limit.</param>
/// <param name="AvailableFrom">When the sale starts, for an upcoming offer.</param>
/// <param name="Reasons">Restriction reason codes such as patents; null where there is none.</param>
/// <param name="ProductPaused">For a paused offer: whether only its product was stopped, and not the whole market.</param>
public sealed record OfferTerms(
    DateTimeOffset From,
    OfferState State,
    Money? Price = null,
    Money? LowestPrice30Days = null,
    int? LimitPerCustomer = null,
    DateTimeOffset? AvailableFrom = null,
    IReadOnlyList<string>? Reasons = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ProductPaused = false)
{
    /// <summary>The code with which a paused offer is refused, wherever that is.</summary>
    [JsonIgnore]
    public string PauseCode => ProductPaused ? "product-paused" : "market-paused";

    /// <summary>What holds where nobody has said anything.</summary>
    public static OfferTerms NotOffered { get; } = new(DateTimeOffset.MinValue, OfferState.NotOffered);
}
