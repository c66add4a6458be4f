using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MiStore.Checkout.Orders;

/// <summary>
/// The key to one order, for a customer without an account: an HMAC of its id, so that there is nothing to store and a
/// repeated request gets the same one.
/// </summary>
public sealed class AccessTokens(string key)
{
    readonly byte[] key = Encoding.UTF8.GetBytes(key);

    public string For(Guid orderId) => Base64Url.EncodeToString(HMACSHA256.HashData(key, orderId.ToByteArray()));

    /// <summary>True when the request's Authorization header holds the order's token.</summary>
    public bool Opens(Guid orderId, HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(For(orderId)));
}
