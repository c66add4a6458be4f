namespace MiStore.Contracts.Replays;

/// <summary>A service has lost (or never had) its copies of what another owns, and asks to be told everything again.</summary>
/// <param name="By">The service that asks.</param>
/// <param name="Producer">The service that is asked.</param>
public sealed record ReplayRequested(string By, string Producer);
