using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using MiStore.Messaging;
using MiStore.Pricing.Legal;
using MiStore.Pricing.Markets;

namespace MiStore.Pricing.Seed;

/// <summary>
/// The first version of each market's legal texts, from one file a language and document: the first line is the title, and
/// "[DE FR]" or "[!US]" keeps a line to some markets. It holds from the announcement on.
/// </summary>
static partial class SeedLegalTexts
{
    public static async Task Add(UnitOfWork unit, IReadOnlyCollection<Market> markets, DateTimeOffset now)
    {
        var known = (await unit.Connection.QueryAsync<string>("select distinct market from legal_texts")).ToHashSet();
        foreach (var market in markets.Where(market => !known.Contains(market.Code)))
            foreach (var document in LegalTexts.Documents)
                await LegalTexts.Add(
                    unit, market.Code, new LegalVersion(document, 1, market.Calendar.AnnouncedFrom),
                    market.Languages.ToDictionary(language => language, language => Text(market, document, language)), now, "seed");
    }

    static LegalText Text(Market market, string document, string language)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Legal/{language}/{document}.txt")
            ?? throw new InvalidDataException($"Seed/Legal/{language}/{document}.txt is missing.");
        using var reader = new StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var body = string.Join('\n', lines.Skip(1).Where(line => IsFor(line, market.Code)).Select(line => SomeMarkets().Replace(line, "")))
            .Replace("{seller}", market.Seller.Name).Replace("{address}", market.Seller.Address).Replace("{market}", market.Name);
        return new LegalText(lines[0], body);
    }

    static bool IsFor(string line, string market)
    {
        if (SomeMarkets().Match(line) is not { Success: true } match)
            return true;
        var named = match.Groups[1].Value.Split(' ');
        return named[0].StartsWith('!') ? !named.Contains("!" + market) : named.Contains(market);
    }

    [GeneratedRegex(@"^\[([^\]]+)\] ")]
    private static partial Regex SomeMarkets();
}
