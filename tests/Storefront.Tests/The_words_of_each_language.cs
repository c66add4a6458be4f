
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
