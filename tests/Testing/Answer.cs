using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace MiStore.Testing;

/// <summary>What came back, read to its end.</summary>
/// <param name="Body">Undefined where there is none, or it is not JSON.</param>
public sealed record Answer(int Status, HttpResponseHeaders Headers, string? MediaType, string Text, JsonElement Body)
{
    /// <summary>A member of the body, by path: <c>answer["lines"][0]["sku"]</c>.</summary>
    public JsonElement this[string name] => Body.GetProperty(name);

    /// <summary>Fails with the whole answer when the status is another.</summary>
    public Answer ShouldBe(HttpStatusCode status)
    {
        Assert.True(Status == (int)status, $"Expected {(int)status}, got {Status}: {Text}");
        return this;
    }

    /// <summary>A refusal as RFC 9457 has it, with our code and nothing of our insides.</summary>
    public Answer ShouldBeProblem(HttpStatusCode status, string code)
    {
        ShouldBe(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, this["code"].GetString());
        Assert.Equal("urn:mistore:" + code, this["type"].GetString());
        Assert.Equal((int)status, this["status"].GetInt32());
        Assert.DoesNotContain("   at ", Text);
        Assert.DoesNotContain("Exception", Text);
        return this;
    }
}

/// <summary>Asking over HTTP in a word.</summary>
public static class Asking
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Task<Answer> Get(this HttpClient client, string path) => client.Ask(HttpMethod.Get, path);

    public static Task<Answer> Post(this HttpClient client, string path, object? body = null) => client.Ask(HttpMethod.Post, path, body);

    public static Task<Answer> Put(this HttpClient client, string path, object? body = null) => client.Ask(HttpMethod.Put, path, body);

    public static Task<Answer> Delete(this HttpClient client, string path) => client.Ask(HttpMethod.Delete, path);

    /// <param name="body">Sent as JSON; a string is JSON already, and content goes as it is.</param>
    public static async Task<Answer> Ask(
        this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, MediaTypeHeaderValue.Parse("application/json")),
            _ => JsonContent.Create(body, options: Web),
        };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        return new Answer((int)response.StatusCode, response.Headers, mediaType, text, Parse(text, mediaType));
    }

    /// <summary>A member by name, for reading deep into an answer.</summary>
    public static JsonElement At(this JsonElement element, string name) => element.GetProperty(name);

    /// <summary>The same JSON, however it is laid out.</summary>
    public static void ShouldBeJson(this JsonElement actual, string expected)
    {
        using var document = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(actual, document.RootElement), $"Expected {expected}\ngot {actual}");
    }

    static JsonElement Parse(string text, string? mediaType)
    {
        if (text.Length == 0 || mediaType?.EndsWith("json", StringComparison.Ordinal) != true)
            return default;

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
