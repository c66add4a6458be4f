using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace MiStore.Checkout.Receipts;

/// <summary>The public half, as RFC 7517 writes it.</summary>
/// <param name="Kid">Of the key: its RFC 7638 thumbprint, so it names no other.</param>
public sealed record PublicKey(string Kty, string Crv, string X, string Y, string Use, string Alg, string Kid);

/// <summary>
/// Signs what the store says in public: ECDSA over P-256 with SHA-256 (ES256), which whoever has the public key can check and
/// nobody can make. The private key is reckoned from the setting, so all replicas have the same one and nothing has to be kept.
/// </summary>
public sealed class ReceiptKey : IDisposable
{
    // FIPS 186-4, D.1.2.3: how many points P-256 has; a private key is from 1 to one less.
    static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber);

    readonly ECDsa key;
    readonly string header;

    /// <param name="secret">At least 32 characters that nobody can guess.</param>
    public ReceiptKey(string secret)
    {
        key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = PrivateKeyOf(secret) });
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";
        var kid = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
        Public = new PublicKey("EC", "P-256", x, y, "sig", "ES256", kid);
        header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"ES256","kid":"{{kid}}"}"""));
    }

    public PublicKey Public { get; }

    /// <summary>
    /// The bytes with their signature, as a compact JWS (RFC 7515). Another one each time: ECDSA signs with a random number.
    /// </summary>
    public string Sign(ReadOnlySpan<byte> json)
    {
        var signed = $"{header}.{Base64Url.EncodeToString(json)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => key.Dispose();

    // One in four thousand million hashes is no private key; then the next is taken.
    static byte[] PrivateKeyOf(string secret)
    {
        for (var i = 0; ; i++)
        {
            var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"receipts, P-256, {i}"));
            var number = new BigInteger(digest, isUnsigned: true, isBigEndian: true);
            if (number > 0 && number < Order)
                return digest;
        }
    }
}
