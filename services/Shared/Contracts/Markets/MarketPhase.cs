using System.Text.Json.Serialization;

namespace MiStore.Contracts.Markets;

/// <summary>Where a market is in its calendar.</summary>
[JsonConverter(typeof(KebabCase<MarketPhase>))]
public enum MarketPhase
{
    /// <summary>Nothing has been sold yet. Also before the announcement: the public API knows no earlier phase.</summary>
    Announced,

    /// <summary>A few units are sold for a while.</summary>
    Test,

    /// <summary>The test sale is over and the market has not opened.</summary>
    Closed,

    Open,

    /// <summary>An operator has stopped the market; it goes on where its calendar then is.</summary>
    Paused,
}
