using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiStore.Contracts;

/// <summary>A value that a client may carry and cannot change: base64url(JSON) "." base64url(HMAC-SHA256).</summary>
/// <param name="maxLength">Longer than any value of ours; whatever is longer is not one.</param>
sealed class SealedJson<T>(string key, int maxLength) where T : class
{
    // base64url follows, so nothing has to be escaped for a browser; ö in six characters would make a long quote twice as long.
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly byte[] key = Encoding.UTF8.GetBytes(key);

    public string Seal(T value)
    {
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value, Json));
        return payload + "." + Sign(payload);
    }

    /// <summary>The value, or null when the text is not one that we sealed.</summary>
    public T? Open(string text)
    {
        if (text.Length > maxLength || text.LastIndexOf('.') is var dot && dot < 1)
            return null;

        var payload = text[..dot];
        // As text: of the many ways to write the same bytes, only ours is accepted, and nothing foreign is decoded.
        if (!CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(text.AsSpan(dot + 1)), MemoryMarshal.AsBytes(Sign(payload).AsSpan())))
            return null;

        return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(payload));
    }

    string Sign(string payload) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(payload)));
}
