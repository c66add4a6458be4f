using System.Security.Cryptography;

namespace MiStore.Checkout.Orders;

/// <summary>
/// What a customer reads out on the telephone: market and twelve random letters, US-7K3M-92QF-X4TD. 60 random bits, so
/// that nobody can count our orders; no I, L, O or U, which sound or look like others.
/// </summary>
public static class OrderNumbers
{
    public static string New(string market)
    {
        var letters = RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 12);
        return $"{market}-{letters[..4]}-{letters[4..8]}-{letters[8..]}";
    }
}
