using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MiStore.Rehearsal;

/// <summary>
/// Who may operate the store. The store itself starts us with the key of its operators; in a shell the owner has a token, or in
/// development the store hands one out.
/// </summary>
public static class Operator
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <exception cref="InvalidOperationException">There is none to be had.</exception>
    public static async Task<string> Token(Uri store, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("MISTORE_OPERATOR_TOKEN") is { Length: > 0 } token)
            return token;

        using var client = new HttpClient { BaseAddress = store };
        if (Environment.GetEnvironmentVariable("Operators__Key") is { Length: > 0 } key)
            return Sign(key, "sale-reports", await new Sales.ReadSale(client, "").Now(cancellation));

        using var answer = await client.PostAsJsonAsync(
            "/api/dev/token", new { role = "store-operator", subject = "rehearsal" }, cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("accessToken").GetString()!
            : throw new InvalidOperationException($"{store} gives no operator token: set MISTORE_OPERATOR_TOKEN to one.");
    }

    /// <summary>A token as the services check it (JWT, HS256).</summary>
    /// <param name="now">By the store's clock.</param>
    public static string Sign(string key, string subject, DateTimeOffset now)
    {
        var (from, until) = (now.ToUnixTimeSeconds(), (now + Lifetime).ToUnixTimeSeconds());
        var text = Part(new { alg = "HS256", typ = "JWT" }) + "." + Part(
            new { iss = "mistore", aud = "mistore", sub = subject, role = "store-operator", nbf = from, iat = from, exp = until });
        return text + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(text)));
    }

    static string Part<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
