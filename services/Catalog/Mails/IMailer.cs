namespace MiStore.Catalog.Mails;

/// <summary>A mail in plain text to one person.</summary>
/// <param name="Id">Of this very mail: sent twice under one id, it arrives as one (or can be told to be one).</param>
/// <param name="Unsubscribe">Where one click ends all such mails (RFC 8058).</param>
public sealed record Mail(Guid Id, string To, string Subject, string Text, Uri Unsubscribe);

/// <summary>Takes mails to where they go.</summary>
public interface IMailer
{
    /// <exception cref="MailRefused">It will never be taken: there is no such person, for one.</exception>
    Task Send(Mail mail, CancellationToken cancellation);
}

/// <summary>The server took the mail for undeliverable for good; trying again would be no better.</summary>
public sealed class MailRefused(string why, Exception cause) : Exception(why, cause);
