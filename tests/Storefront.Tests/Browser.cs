
namespace MiStore.Storefront.Tests;

/// <summary>A browser without JavaScript: it keeps cookies, follows links, and sends forms as they stand.</summary>
public sealed partial class Browser : IDisposable
{
    readonly HttpClient http;

    public Browser(Uri store) => http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = store };

    public CookieContainer Cookies { get; } = new();

    /// <summary>A store that is busy for the moment says so, and is asked again.</summary>
    public Task<Shown> Open(string address) => Eventually.Passes(async () =>
    {
        var shown = await Shown.Of(await http.GetAsync(WebUtility.HtmlDecode(address)));
        shown.Status.ShouldNotBe(503, address);
        return shown;
    });

    /// <summary>Of a list, its first choice is taken, as a browser does.</summary>
    /// <param name="form">Its opening tag's action, or the end of it.</param>
    /// <param name="typed">What the shopper types, chooses, or presses; the rest is as the page has it.</param>
    public async Task<Shown> Send(Shown page, string form, params (string Name, string Value)[] typed)
    {
        var found = Forms().Matches(page.Html).FirstOrDefault(one => one.Groups["action"].Value.EndsWith(form, StringComparison.Ordinal));
        found.ShouldNotBeNull($"No form {form} in:\n{page.Html}");
        var fields = Inputs().Matches(found.Groups["inside"].Value)
            .Select(input => (Tag: input.Value, Name: Attribute(input.Value, "name")))
            .Where(input => input.Name is not null && !input.Tag.StartsWith("<button") && !input.Tag.Contains("type=\"radio\""))
            .ToDictionary(input => input.Name!, input => Attribute(input.Tag, "value") ?? "");
        foreach (Match list in Selects().Matches(found.Groups["inside"].Value))
            fields[list.Groups["name"].Value] = list.Groups["first"].Value;
        foreach (var (name, value) in typed)
            fields[name] = value;
        return await Shown.Of(await http.PostAsync(WebUtility.HtmlDecode(found.Groups["action"].Value), new FormUrlEncodedContent(fields)));
    }

    public void Dispose() => http.Dispose();

    static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $" {name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("<form[^>]* action=\"(?<action>[^\"]*)\"[^>]*>(?<inside>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<(input|button)[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<select[^>]* name=\"(?<name>[^\"]*)\"[^>]*>\\s*<option value=\"(?<first>[^\"]*)\".*?</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();
}

/// <summary>A page as it came.</summary>
/// <param name="Text">What a person reads of it.</param>
public sealed record Shown(int Status, Uri Address, string Html, string Text, HttpResponseMessage Response)
{
    public static async Task<Shown> Of(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var text = WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]*>", " "));
        return new Shown((int)response.StatusCode, response.RequestMessage!.RequestUri!, html, Regex.Replace(text, "[ \r\n\t]+", " "), response);
    }

    /// <summary>Addresses of this store in links, pictures and style sheets.</summary>
    public IEnumerable<string> Links => Regex.Matches(Html, "(?:href|src)=\"(/[^\"#]*)").Select(match => match.Groups[1].Value).Distinct();
}
