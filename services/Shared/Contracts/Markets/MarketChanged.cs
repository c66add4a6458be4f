namespace MiStore.Contracts.Markets;

/// <summary>What others need to know of a market. Replaces any news of it with a lower version.</summary>
/// <param name="Code">ISO 3166 country code, upper case.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Locale">BCP 47 tag, such as de-DE.</param>
/// <param name="Languages">Two-letter codes; the first is the market's own.</param>
public sealed record MarketChanged(
    string Code, long Version, string Name, string Currency, string Locale, IReadOnlyList<string> Languages);
