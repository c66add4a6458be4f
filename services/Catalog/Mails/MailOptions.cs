using System.ComponentModel.DataAnnotations;

namespace MiStore.Catalog.Mails;

/// <summary>Settings under <c>Mail</c>: a mail server, or where there is none a folder that the mails are put in.</summary>
public sealed record MailOptions : IValidatableObject
{
    /// <summary>Of the SMTP server; null where mails only go to the folder.</summary>
    public string? Host { get; init; }

    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    /// <summary>STARTTLS. Without it a password would travel in the open.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>Null where the server lets us in without.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Whom mails are from.</summary>
    [Required, EmailAddress]
    public string From { get; init; } = "store@mistore.example";

    /// <summary>For mails as .eml files, where there is no <see cref="Host"/>. Made when the first is written.</summary>
    public string? Folder { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Host) && string.IsNullOrEmpty(Folder))
            yield return new ValidationResult("Mail:Host names an SMTP server, or Mail:Folder a folder for .eml files.");
    }
}
