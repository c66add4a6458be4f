namespace MiStore.Contracts.Replays;

/// <summary>Everything has been said again. Whoever asked is whole once it holds this many facts of the producer.</summary>
/// <param name="Facts">How many distinct facts were sent; they may still be on their way.</param>
public sealed record ReplayFinished(string By, string Producer, long Facts);
