using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MiStore.Rehearsal.Sales;

/// <summary>A batch's receipt, of which only what was signed is believed.</summary>
public sealed record Receipt(
    Guid Batch, string Market, string Sku, DateTimeOffset AnnouncedAt, DateTimeOffset OpenedAt, DateTimeOffset? ClosesAt, string Ending,
    long Announced, long Sold, long Unsold, long Withdrawn, long Returned, long Cancelled, DateTimeOffset? FirstSoldOutAt,
    DateTimeOffset? SoldOutAt, double? SecondsToSellOut, long Entries, DateTimeOffset AsOf)
{
    /// <param name="jws">Compact, ES256.</param>
    /// <param name="keys">The store's public keys, as a JSON Web Key Set.</param>
    /// <returns>The receipt, and whether one of the keys signed it.</returns>
    /// <exception cref="FormatException">It is no receipt.</exception>
    public static (Receipt Receipt, bool IsGenuine) Read(string jws, JsonElement keys)
    {
        if (jws.Split('.') is not [var head, var body, var seal])
            throw new FormatException("The receipt is no compact JWS.");

        var receipt = JsonSerializer.Deserialize<Receipt>(Base64Url.DecodeFromChars(body), JsonSerializerOptions.Web)!;
        var kid = JsonElement.Parse(Base64Url.DecodeFromChars(head)).GetProperty("kid").GetString();
        var (signed, signature) = (Encoding.ASCII.GetBytes($"{head}.{body}"), Base64Url.DecodeFromChars(seal));
        return (receipt, keys.GetProperty("keys").EnumerateArray().Any(published =>
        {
            if (published.GetProperty("kid").GetString() != kid)
                return false;

            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = Base64Url.DecodeFromChars(published.GetProperty("x").GetString()),
                    Y = Base64Url.DecodeFromChars(published.GetProperty("y").GetString()),
                },
            });
            return key.VerifyData(signed, signature, HashAlgorithmName.SHA256);
        }));
    }
}
