using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MiStore.PaymentSandbox.Webhooks;

/// <summary>Stripe's webhook signature: HMAC-SHA256 over "t.payload".</summary>
static class WebhookSignature
{
    public const string Header = "Stripe-Signature";

    public static string Of(byte[] payload, string secret, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes(seconds));
        mac.AppendData("."u8);
        mac.AppendData(payload);
        return $"t={seconds},v1={Convert.ToHexStringLower(mac.GetHashAndReset())}";
    }
}
