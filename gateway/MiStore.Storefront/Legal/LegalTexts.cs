using System.Globalization;
using System.Text.RegularExpressions;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Legal;

/// <summary>A legal text as a market shows it.</summary>
/// <param name="Version">Counts up with each change; what an order accepted is named by it.</param>
public sealed record LegalText(string Title, int Version, DateOnly Since, IReadOnlyList<LegalBlock> Blocks);

/// <param name="Kind">Whether the lines are a heading, a paragraph or the points of a list.</param>
public sealed record LegalBlock(LegalBlockKind Kind, IReadOnlyList<string> Lines);

public enum LegalBlockKind { Heading, Paragraph, List }

/// <summary>
/// The texts that the law wants, one file a language in Texts. The first line is version and date, the second the title;
/// "# " begins a heading and "- " a point of a list; "[DE FR]" and "[!US]" keep a line to some markets.
/// </summary>
static partial class LegalTexts
{
    /// <summary>In the order in which they stand below each page.</summary>
    public static readonly IReadOnlyList<string> Documents = ["imprint", "terms", "withdrawal", "privacy", "accessibility"];

    static readonly Dictionary<(string Language, string Document), string[]> Files = (
        from language in Words.All.Keys
        from document in Documents
        select (Key: (language, document), Lines: Read($"{language}/{document}.txt"))).ToDictionary(file => file.Key, file => file.Lines);

    /// <summary>What an order in this place accepts: "DE-1".</summary>
    public static string TermsIn(Place place) => $"{place.Market.Code}-{VersionOf(Files[(place.Language, "terms")])}";

    public static string TitleOf(string document, string language) => Files[(language, document)][1];

    /// <summary>Null where there is no such document.</summary>
    public static LegalText? Find(string document, Place place)
    {
        if (!Files.TryGetValue((place.Language, document), out var lines))
            return null;

        var since = DateOnly.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var blocks = BlocksOf(lines.Skip(2).Where(line => IsFor(line, place.Market.Code)), place);
        return new LegalText(lines[1], VersionOf(lines), since, [.. blocks]);
    }

    static int VersionOf(string[] lines) => int.Parse(lines[0].Split(' ')[0], CultureInfo.InvariantCulture);

    static IEnumerable<LegalBlock> BlocksOf(IEnumerable<string> lines, Place place)
    {
        var lists = new List<string>();
        foreach (var line in lines.Append(""))
        {
            var text = Markets().Replace(line, "")
                .Replace("{seller}", place.Market.Seller.Name).Replace("{address}", place.Market.Seller.Address)
                .Replace("{inCountry}", place.Words.In(place.Market));
            if (text.StartsWith("- "))
            {
                lists.Add(text[2..]);
                continue;
            }

            if (lists.Count > 0)
                yield return new LegalBlock(LegalBlockKind.List, [.. lists]);
            lists.Clear();
            if (text.StartsWith("# "))
                yield return new LegalBlock(LegalBlockKind.Heading, [text[2..]]);
            else if (text != "")
                yield return new LegalBlock(LegalBlockKind.Paragraph, [text]);
        }
    }

    static bool IsFor(string line, string market)
    {
        if (Markets().Match(line) is not { Success: true } match)
            return true;
        var named = match.Groups[1].Value.Split(' ');
        return named[0].StartsWith('!') ? !named.Contains("!" + market) : named.Contains(market);
    }

    static string[] Read(string name)
    {
        using var text = typeof(LegalTexts).Assembly.GetManifestResourceStream($"Legal/{name}")
            ?? throw new InvalidOperationException($"Legal/Texts/{name} is missing.");
        using var reader = new StreamReader(text);
        return reader.ReadToEnd().Split('\n');
    }

    [GeneratedRegex(@"^\[([^\]]+)\] ")]
    private static partial Regex Markets();
}
