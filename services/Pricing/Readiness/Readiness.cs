using MiStore.Contracts.Products;
using MiStore.Contracts.Stock;
using MiStore.Pricing.Legal;
using MiStore.Pricing.Markets;

namespace MiStore.Pricing.Readiness;

/// <summary>One thing that a market needs before it may sell.</summary>
/// <param name="Name">range, price, tax-rule, texts, safety-data, shipping, stock, legal-texts or rehearsal.</param>
/// <param name="Missing">A sentence for each thing that is not there; empty where all is well.</param>
public sealed record Check(string Name, IReadOnlyList<string> Missing);

/// <summary>What is known of something that a market is to sell: it has a price there, or stock, and no restriction.</summary>
/// <param name="PricesFrom">When its prices there begin.</param>
/// <param name="Languages">In which nothing that a shopper reads is missing; null where Catalog has not said.</param>
/// <param name="Texts">How much is told in which language; null where Catalog has not said.</param>
/// <param name="Safety">Null where there is no safety data, or Catalog has not said.</param>
/// <param name="Stock">Null where nothing was ever released.</param>
public sealed record Article(
    string Sku, string Product, IReadOnlyList<DateTimeOffset> PricesFrom, IReadOnlyList<string>? Languages, ProductTexts? Texts,
    ProductSafety? Safety, AvailabilityChanged? Stock)
{
    public bool HasPriceAt(DateTimeOffset instant) => PricesFrom.Any(from => from <= instant);

    /// <summary>Whether a batch of it is open then, or has been.</summary>
    public bool HasBatchBy(DateTimeOffset instant) => Stock?.Batches.Any(batch => batch.OpensAt <= instant) == true;

    /// <summary>Something to sell then, or a batch that is planned for later; of a sale that is on, something may be sold out.</summary>
    public bool HasStockAt(DateTimeOffset sale, DateTimeOffset now) =>
        Stock?.NextOpeningAfter(sale) is not null || (Stock?.At(sale) is { } left && (left != Remaining.None || sale <= now));

    /// <summary>How many texts fall back in a language; null where Catalog has not said.</summary>
    public int? TextsMissingIn(string language) => Texts?.MissingIn(language);
}

/// <summary>Whether a market lacks anything at the instants at which its sales are to start.</summary>
public static class Readiness
{
    /// <summary>The check that asks whether the launch was rehearsed.</summary>
    public const string RehearsalCheck = "rehearsal";

    /// <summary>Longer ago than this it was another store.</summary>
    static readonly TimeSpan RehearsalLasts = TimeSpan.FromDays(7);

    /// <param name="legal">The legal texts that hold when the first sale starts, each in a language.</param>
    /// <param name="rehearsal">The last one; null where there was none.</param>
    public static IReadOnlyList<Check> Of(
        Market market, IReadOnlyCollection<Article> articles, bool hasTaxRule, bool hasShipping,
        IReadOnlyCollection<(string Document, string Language)> legal, Rehearsal? rehearsal, DateTimeOffset now)
    {
        var sales = market.Calendar.SalesFrom(now).ToList();
        return
        [
            new("range", articles.Count == 0 ? [$"Nothing has a price or stock in {market.Code}."] : []),
            // What gets its price later is sold later, and stands in no sale's way before.
            Each("price", article => sales
                .Where(sale => article.HasBatchBy(sale) && !article.HasPriceAt(sale))
                .Select(sale => $"{article.Sku} has no price at {Shown(sale)}.")),
            new("tax-rule", hasTaxRule ? [] : [$"{market.Code} has no tax rule."]),
            Each("texts", article => market.Languages
                .Where(language => article.Languages?.Contains(language) != true)
                .Select(language => article.Texts is { } texts
                    ? $"{article.Sku} lacks {texts.MissingIn(language)} of {texts.Count} texts in '{language}'."
                    : $"{article.Sku} is not all told in '{language}'.")),
            Each("safety-data", article => market.SafetyRequired ? Unsafe(article, market) : []),
            new("shipping", hasShipping ? [] : [$"{market.Code} has no shipping rate."]),
            Each("stock", article => sales
                .Where(sale => article.HasPriceAt(sale) && !article.HasStockAt(sale, now))
                .Select(sale => $"{article.Sku} has no stock at {Shown(sale)}.")),
            // The stage of rehearsals has no shoppers to tell anything, and is not rehearsed itself.
            new("legal-texts", market.IsRehearsal ? [] : [.. Untold(market, legal)]),
            // What is open already goes on without one: a pause of ten minutes is no launch.
            new(RehearsalCheck, market.IsRehearsal || sales[0] <= now ? [] : [.. Unrehearsed(rehearsal, now)]),
        ];

        Check Each(string name, Func<Article, IEnumerable<string>> missing) => new(name, [.. articles.SelectMany(missing)]);
    }

    /// <summary>How many texts of the range fall back, in each of the market's languages.</summary>
    public static IReadOnlyDictionary<string, int> MissingTexts(Market market, IReadOnlyCollection<Article> articles)
    {
        var products = articles.DistinctBy(article => article.Product).ToList();
        return market.Languages.ToDictionary(language => language, language => products.Sum(article => article.TextsMissingIn(language) ?? 0));
    }

    static IEnumerable<string> Untold(Market market, IReadOnlyCollection<(string Document, string Language)> legal) =>
        from document in LegalTexts.Required
        let missing = market.Languages.Where(language => !legal.Contains((document, language))).Select(language => $"'{language}'").ToList()
        where missing.Count > 0
        select $"{market.Code} has no {document} in {string.Join(", ", missing)}.";

    static IEnumerable<string> Unrehearsed(Rehearsal? last, DateTimeOffset now) => last switch
    {
        null => ["No launch has been rehearsed: ./mistore rehearse."],
        { Passed: false } => [$"The rehearsal of {Shown(last.At)} did not pass."],
        _ when now - last.At > RehearsalLasts => [$"The last rehearsal was {(now - last.At).Days} days ago; {RehearsalLasts.Days} are allowed."],
        _ => [],
    };

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
