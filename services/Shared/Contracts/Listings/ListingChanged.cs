namespace MiStore.Contracts.Listings;

/// <summary>What a market's shelf shows has changed, so that whoever keeps a rendered copy should ask Catalog again.</summary>
/// <param name="Slug">The product; null when more than one has changed.</param>
public sealed record ListingChanged(string Market, string? Slug);
