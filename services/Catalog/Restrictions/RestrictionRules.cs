using MiStore.Catalog.Products;
using MiStore.Contracts.Markets;

namespace MiStore.Catalog.Restrictions;

/// <summary>What has to be true of a product's restrictions.</summary>
public static class RestrictionRules
{
    /// <returns>One sentence per fault; none when the list may stand.</returns>
    public static IReadOnlyList<string> Faults(IReadOnlyList<Restriction> restrictions)
    {
        if (restrictions.Any(restriction => restriction is null))
            return ["restrictions: null stands where a restriction is expected."];

        var faults = new List<string>();
        void Must(bool holds, string otherwise)
        {
            if (!holds)
                faults.Add(otherwise);
        }

        Must(restrictions.Count <= 100, "restrictions: at most 100.");
        foreach (var restriction in restrictions)
        {
            Must(restriction.Markets.Count is >= 1 and <= 50
                && restriction.Markets.All(market => MarketCode.Normalize(market) is not null),
                "restrictions.markets: 1 to 50 country codes such as US.");
            Must(restriction.Reason.Length <= 40 && ProductRules.Words().IsMatch(restriction.Reason),
                "restrictions.reason: lower-case words joined by hyphens, at most 40 characters.");
            Must(ProductRules.IsText(restriction.Owner, 80), "restrictions.owner: 1 to 80 characters.");
            Must(ProductRules.IsLocalised(restriction.Texts, 500), ProductRules.Localisation("restrictions.texts", 500));
        }

        Must(ProductRules.AreDistinct(Each(restrictions).Select(each => $"{each.Market} {each.Restriction.Reason}")),
            "restrictions: a market has each reason once.");
        return faults;
    }

    /// <summary>Market by market, under the codes that everybody stores.</summary>
    public static IEnumerable<(string Market, Restriction Restriction)> Each(IReadOnlyList<Restriction> restrictions) =>
        from restriction in restrictions
        from market in restriction.Markets
        select (MarketCode.Normalize(market) ?? market, restriction);
}
