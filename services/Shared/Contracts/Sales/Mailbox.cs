using System.Security.Cryptography;
using System.Text;

namespace MiStore.Contracts.Sales;

/// <summary>One mailbox has many spellings; wherever a person is counted, they are one.</summary>
public static class Mailbox
{
    /// <summary>
    /// Ada.Lovelace+mi@Example.org and ada.lovelace@example.org are one mailbox at most providers; dots are one at
    /// Google's. Null where there is no address in the text.
    /// </summary>
    public static string? Normalize(string email)
    {
        email = email.Trim();
        var at = email.LastIndexOf('@');
        if (at < 1 || at == email.Length - 1)
            return null;

        var mailbox = email[..at].ToLowerInvariant();
        var domain = email[(at + 1)..].ToLowerInvariant();
        if (mailbox.IndexOf('+') is var plus && plus > 0)
            mailbox = mailbox[..plus];
        if (domain is "gmail.com" or "googlemail.com")
            (mailbox, domain) = (mailbox.Replace(".", ""), "gmail.com");
        return mailbox + "@" + domain;
    }

    /// <summary>Stands for the mailbox where nobody's address belongs: 32 hexadecimal digits of a hash; null without one.</summary>
    public static string? KeyOf(string email) => Normalize(email) is { } mailbox
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mailbox)).AsSpan(0, 16))
        : null;
}
