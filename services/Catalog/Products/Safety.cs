namespace MiStore.Catalog.Products;

/// <summary>
/// What the General Product Safety Regulation (EU 2023/988, article 19) has an online offer say, and what Britain asks
/// for likewise: who made it, who answers for it where it is sold, and what to beware of.
/// </summary>
/// <param name="ResponsiblePersons">By market code; a market that asks for safety data does not open without one.</param>
/// <param name="Warnings">By language; always has en.</param>
/// <param name="Disposal">
/// Where it goes when it is old, by language, with en among them; null for what is neither electrical equipment nor has a
/// battery (Directives 2012/19/EU and 2006/66/EC).
/// </param>
public sealed record Safety(
    Contact Manufacturer,
    IReadOnlyDictionary<string, Contact> ResponsiblePersons,
    IReadOnlyDictionary<string, string> Warnings,
    IReadOnlyDictionary<string, string>? Disposal = null)
{
    /// <summary>The languages in which nothing of it is missing.</summary>
    internal IEnumerable<string> Languages => Warnings.Keys.Where(language => Disposal?.ContainsKey(language) != false);
}

/// <param name="Name">At most 120 characters.</param>
/// <param name="Address">Where a letter arrives; at most 300 characters.</param>
/// <param name="Email">Where an electronic message arrives.</param>
public sealed record Contact(string Name, string Address, string Email);

/// <summary>The same as a market shows it, in one language.</summary>
/// <param name="ResponsiblePerson">Null where the market has none.</param>
/// <param name="Disposal">Where it goes when it is old; null where nothing has to be said.</param>
public sealed record SafetyView(Contact Manufacturer, Contact? ResponsiblePerson, string Warnings, string? Disposal)
{
    internal static SafetyView Of(Safety safety, string market, string language) => new(
        safety.Manufacturer, safety.ResponsiblePersons.GetValueOrDefault(market), safety.Warnings.In(language),
        safety.Disposal?.In(language));
}
