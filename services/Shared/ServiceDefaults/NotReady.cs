namespace MiStore.ServiceDefaults;

/// <summary>
/// We cannot say yet, because we have not been told everything: 503 and a time to ask again, rather than a no that may be
/// wrong.
/// </summary>
/// <param name="what">Still missing, for the log.</param>
public sealed class NotReady(string what) : Exception($"Not here yet: {what}.");
