using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiStore.Contracts.Quotes;

/// <summary>
/// Seals a quote so that a client can carry it and cannot change it: base64url(JSON) "." base64url(HMAC-SHA256).
/// Only Pricing and Checkout hold the key.
/// </summary>
public sealed class QuoteSignature(string key)
{
    /// <summary>Longer than any quote of a full cart; whatever is longer is not one of ours.</summary>
    public const int MaxLength = 48 * 1024;

    // base64url follows, so nothing has to be escaped for a browser; ö in six characters would make a long quote twice as long.
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly byte[] key = Encoding.UTF8.GetBytes(key);

    public string Seal(Quote quote)
    {
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(quote, Json));
        return payload + "." + Sign(payload);
    }

    /// <summary>The quote, or null when the text is not one that we sealed.</summary>
    public Quote? Open(string text)
    {
        if (text.Length > MaxLength || text.LastIndexOf('.') is var dot && dot < 1)
            return null;

        var payload = text[..dot];
        // As text: of the many ways to write the same bytes, only ours is accepted, and nothing foreign is decoded.
        if (!CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(text.AsSpan(dot + 1)), MemoryMarshal.AsBytes(Sign(payload).AsSpan())))
            return null;

        return JsonSerializer.Deserialize<Quote>(Base64Url.DecodeFromChars(payload));
    }

    string Sign(string payload) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(payload)));
}
