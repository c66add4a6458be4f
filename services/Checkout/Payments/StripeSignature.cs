using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MiStore.Checkout.Payments;

/// <summary>
/// The header <c>Stripe-Signature: t=1614265330,v1=5257a8…</c>: HMAC-SHA256 over "t.payload" under the endpoint's
/// secret, with the instant of signing inside, so that an old message cannot be played again.
/// </summary>
public static class StripeSignature
{
    public const string Header = "Stripe-Signature";

    /// <summary>How old a signature may be, and how far our clocks may differ: Stripe's own default.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    // Two secrets are valid while one replaces the other; more signatures than this is somebody playing.
    const int MaxSignatures = 8;

    public static string Sign(ReadOnlySpan<byte> payload, string secret, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds},v1={Convert.ToHexStringLower(Mac(seconds, payload, secret))}";
    }

    /// <summary>True when one of the header's v1 signatures is ours and was made within the tolerance of now.</summary>
    public static bool IsValid(ReadOnlySpan<byte> payload, string? header, string secret, DateTimeOffset now)
    {
        if (header is not { Length: > 0 and < 2048 })
            return false;

        string? signedAt = null;
        var signatures = new List<byte[]>();
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal))
                signedAt ??= part[2..];
            else if (part.StartsWith("v1=", StringComparison.Ordinal) && signatures.Count < MaxSignatures)
                signatures.Add(Encoding.ASCII.GetBytes(part[3..]));
        }

        if (!long.TryParse(signedAt, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs((double)now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
            return false;

        // Compared in constant time and without stopping at the first match: the time taken tells nothing.
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(signedAt!, payload, secret)));
        var valid = false;
        foreach (var signature in signatures)
            valid |= CryptographicOperations.FixedTimeEquals(signature, expected);
        return valid;
    }

    static byte[] Mac(string seconds, ReadOnlySpan<byte> payload, string secret)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes(seconds));
        mac.AppendData("."u8);
        mac.AppendData(payload);
        return mac.GetHashAndReset();
    }
}
