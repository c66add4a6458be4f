namespace MiStore.Contracts.Markets;

/// <summary>What others need to know of a market. Replaces any news of it with a lower version.</summary>
/// <param name="Code">ISO 3166 country code, upper case.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Locale">BCP 47 tag, such as de-DE.</param>
/// <param name="Languages">Two-letter codes; the first is the market's own.</param>
/// <param name="Phases">
/// The calendar as far ahead as it is decided, ordered by <see cref="PhaseStart.From"/>; each phase holds until the next.
/// Null in news from before there was this field.
/// </param>
/// <param name="TimeZone">IANA name, such as Europe/Berlin; null in news from before there was this field.</param>
public sealed record MarketChanged(
    string Code, long Version, string Name, string Currency, string Locale, IReadOnlyList<string> Languages,
    IReadOnlyList<PhaseStart>? Phases = null, string? TimeZone = null)
{
    /// <summary>Where the market is in its calendar at an instant; announced where nothing has begun.</summary>
    public MarketPhase PhaseAt(DateTimeOffset now) => Phases?.LastOrDefault(phase => phase.From <= now)?.Phase ?? MarketPhase.Announced;

    /// <summary>When the clock alone next changes the phase, or null.</summary>
    public DateTimeOffset? NextPhaseAfter(DateTimeOffset now) => Phases?.FirstOrDefault(phase => phase.From > now)?.From;
}

/// <summary>A phase and the instant at which it begins.</summary>
public sealed record PhaseStart(DateTimeOffset From, MarketPhase Phase);
