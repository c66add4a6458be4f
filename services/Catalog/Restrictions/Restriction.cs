namespace MiStore.Catalog.Restrictions;

/// <summary>Why a product may not be sold in some markets, who answers for that, and when it is looked at again.</summary>
/// <param name="Markets">Where it holds: US, GB, DE, FR …; at least one.</param>
/// <param name="Reason">A lasting code in lower-case words: patents, support-centre, localisation.</param>
/// <param name="Owner">Who can lift it, as the company calls that department; not shown to shoppers.</param>
/// <param name="ReviewOn">When it is looked at again.</param>
/// <param name="Texts">What shoppers are told, by language; always has en.</param>
public sealed record Restriction(
    IReadOnlyList<string> Markets,
    string Reason,
    string Owner,
    DateOnly ReviewOn,
    IReadOnlyDictionary<string, string> Texts);
