using System.Net.Http.Json;
using System.Text.Json;

namespace MiStore.Rehearsal;

/// <summary>Who may operate the store. In development the store hands out tokens; elsewhere the owner has one.</summary>
public static class Operator
{
    /// <exception cref="InvalidOperationException">There is none to be had.</exception>
    public static async Task<string> Token(Uri store, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("MISTORE_OPERATOR_TOKEN") is { Length: > 0 } token)
            return token;

        using var client = new HttpClient { BaseAddress = store };
        using var answer = await client.PostAsJsonAsync(
            "/api/dev/token", new { role = "store-operator", subject = "rehearsal" }, cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("accessToken").GetString()!
            : throw new InvalidOperationException($"{store} gives no operator token: set MISTORE_OPERATOR_TOKEN to one.");
    }
}
