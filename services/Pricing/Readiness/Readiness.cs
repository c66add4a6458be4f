using MiStore.Contracts.Products;
using MiStore.Contracts.Stock;
using MiStore.Pricing.Markets;

namespace MiStore.Pricing.Readiness;

/// <summary>One thing that a market needs before it may sell.</summary>
/// <param name="Name">range, price, tax-rule, texts, safety-data, shipping or stock.</param>
/// <param name="Missing">A sentence for each thing that is not there; empty where all is well.</param>
public sealed record Check(string Name, IReadOnlyList<string> Missing);

/// <summary>What is known of something that a market is to sell: it has a price there, or stock, and no restriction.</summary>
/// <param name="PricesFrom">When its prices there begin.</param>
/// <param name="Languages">In which nothing that a shopper reads is missing; null where Catalog has not said.</param>
/// <param name="Safety">Null where there is no safety data, or Catalog has not said.</param>
/// <param name="Stock">Null where nothing was ever released.</param>
public sealed record Article(
    string Sku, IReadOnlyList<DateTimeOffset> PricesFrom, IReadOnlyList<string>? Languages, ProductSafety? Safety, AvailabilityChanged? Stock);

/// <summary>Whether a market lacks anything at the instants at which its sales are to start.</summary>
public static class Readiness
{
    public static IReadOnlyList<Check> Of(
        Market market, IReadOnlyCollection<Article> articles, bool hasTaxRule, bool hasShipping, DateTimeOffset now)
    {
        var sales = market.Calendar.SalesFrom(now).ToList();
        return
        [
            new("range", articles.Count == 0 ? [$"Nothing has a price or stock in {market.Code}."] : []),
            Each("price", article => sales
                .Where(sale => !article.PricesFrom.Any(from => from <= sale))
                .Select(sale => $"{article.Sku} has no price at {Shown(sale)}.")),
            new("tax-rule", hasTaxRule ? [] : [$"{market.Code} has no tax rule."]),
            Each("texts", article => market.Languages
                .Where(language => article.Languages?.Contains(language) != true)
                .Select(language => $"{article.Sku} is not all told in '{language}'.")),
            Each("safety-data", article => market.SafetyRequired ? Unsafe(article, market) : []),
            new("shipping", hasShipping ? [] : [$"{market.Code} has no shipping rate."]),
            Each("stock", article => sales
                .Where(sale => article.Stock?.At(sale) is null or Remaining.None)
                .Select(sale => $"{article.Sku} has no stock at {Shown(sale)}.")),
        ];

        Check Each(string name, Func<Article, IEnumerable<string>> missing) => new(name, [.. articles.SelectMany(missing)]);
    }

    // Everybody has to be told of the maker, somebody in the market has to answer for him, and who buys there has to
    // understand the warnings.
    static IEnumerable<string> Unsafe(Article article, Market market)
    {
        if (article.Safety is not { } safety)
            return [$"{article.Sku} has no safety data."];

        var missing = new List<string>();
        if (!safety.Markets.Contains(market.Code))
            missing.Add($"{article.Sku} has no responsible person in {market.Code}.");
        if (!safety.Languages.Contains(market.Languages[0]))
            missing.Add($"{article.Sku} has no warnings in '{market.Languages[0]}'.");
        return missing;
    }

    static string Shown(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
