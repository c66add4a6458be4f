using System.Security.Cryptography;
using System.Text;
using MiStore.Contracts.Sales;

namespace MiStore.Checkout.Orders;

/// <summary>Who buys.</summary>
public sealed record Customer(string Email, string Name);

/// <summary>Where a parcel goes.</summary>
/// <param name="Region">State or province, where the country's addresses have one.</param>
public sealed record Address(
    string Name, string Line1, string? Line2, string City, string? Region, string PostalCode, string Country);

/// <summary>
/// How a guest is recognized when purchases are limited: by e-mail and by delivery address, each written in the one way
/// that all its spellings share. Whoever changes one of the two is still counted by the other.
/// </summary>
public static class Customers
{
    public static IReadOnlyList<string> KeysOf(Customer customer, Address address) =>
        ["email:" + Mailbox.Normalize(customer.Email), "address:" + Place(address)];

    // A hash, because the key is kept beside stock figures, where nobody's address belongs.
    static string Place(Address address)
    {
        var text = string.Concat(address.Country, address.PostalCode, address.Line1, address.Line2)
            .Normalize(NormalizationForm.FormKD)
            .Where(char.IsLetterOrDigit)
            .Aggregate(new StringBuilder(), (letters, letter) => letters.Append(char.ToLowerInvariant(letter)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..16]);
    }
}
