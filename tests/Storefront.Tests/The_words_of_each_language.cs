
namespace MiStore.Storefront.Tests;

public sealed class The_words_of_each_language
{
    public static TheoryData<string> Languages => [.. Words.All.Keys];

    [Theory, MemberData(nameof(Languages))]
    public void Are_complete_and_have_the_same_places_to_fill_in(string language)
    {
        var (texts, english) = (TextsOf(language), TextsOf("en"));

        texts.Keys.ShouldBe(english.Keys, ignoreOrder: true);
        foreach (var (key, text) in texts)
        {
            text.ShouldNotBeNullOrWhiteSpace(key);
            PlacesIn(text).ShouldBe(PlacesIn(english[key]), $"{language}: {key}");
        }
    }

    [Fact]
    public void Have_no_breaking_space_before_French_marks() =>
        TextsOf("fr").Where(text => Regex.IsMatch(text.Value, " [;:!?»]|« ")).ShouldBeEmpty();

    [Fact]
    public void Say_that_something_is_scarce_only_where_the_ledger_said_it_first()
    {
        var scarce = new Regex(
            @"few left|only \S+ left|selling fast|\bhurry|\bsold out\b|nur noch|ausverkauft|vergriffen|beeilen"
            + @"|épuisé|stock limité|dépêchez|plus que \{",
            RegexOptions.IgnoreCase);
        foreach (var language in Words.All.Keys)
            TextsOf(language).Where(text => scarce.IsMatch(text.Value)).Select(text => text.Key.Split('.')[0]).Distinct()
                .ShouldBeSubsetOf(SaidByTheLedger, language);

        foreach (var file in Sources())
        {
            // Comments may say what they like; a page's words stand between tags or quotation marks.
            var words = Regex.Replace(File.ReadAllText(file), @"//.*|@\*.*?\*@|/\*.*?\*/", "");
            scarce.IsMatch(words).ShouldBeFalse($"{file} says by itself that something is scarce");
            if (Path.GetFileName(file) != "StateLine.razor")
                Regex.IsMatch(words, @"\bWords\.State(Few|SoldOut)").ShouldBeFalse($"{file} says what StateLine.razor is there to say");
        }
    }

    // State and count of an offer, what an order or a place in a line was refused with, the pages for when all is gone, and what we
    // promise of them.
    static readonly string[] SaidByTheLedger =
    [
        "StateFew", "StateSoldOut", "StateSoldOutUntil", "SoldOutTitle", "RefusedSoldOut", "RefusedTooFew", "SoldOutPageTitle",
        "SoldOutPageText", "OutOfReachTitle", "OutOfReachText", "Promises",
    ];

    /// <summary>What the pages are made of, without the texts.</summary>
    static IEnumerable<string> Sources()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "MiStore.sln")))
            root = root.Parent.ShouldNotBeNull("These tests lie outside the repository.");
        var pages = Path.Combine(root.FullName, "gateway", "MiStore.Storefront");
        return Directory.EnumerateFiles(pages, "*", SearchOption.AllDirectories).Where(file =>
            Regex.IsMatch(file, @"\.(cs|razor|js)$") && !Regex.IsMatch(Path.GetRelativePath(pages, file), @"^(Texts|obj|bin)\b"));
    }

    static IEnumerable<string> PlacesIn(string text) => Regex.Matches(text, @"\{\d\}").Select(place => place.Value).Distinct().Order();

    static Dictionary<string, string> TextsOf(string language) => typeof(Words).GetProperties()
        .Where(property => !property.GetMethod!.IsStatic)
        .SelectMany(property => property.GetValue(Words.In(language)) switch
        {
            string text => [(property.Name, text)],
            IReadOnlyDictionary<string, string> texts => texts.Select(text => ($"{property.Name}.{text.Key}", text.Value)),
            IReadOnlyList<(string Title, string Text)> list => list.SelectMany((pair, i) => new[]
            {
                ($"{property.Name}.{i}.Title", pair.Title),
                ($"{property.Name}.{i}.Text", pair.Text),
            }),
            var other => throw new InvalidOperationException($"{property.Name} is {other}."),
        })
        .ToDictionary(text => text.Item1, text => text.Item2);
}
