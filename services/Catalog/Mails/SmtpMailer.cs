using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace MiStore.Catalog.Mails;

/// <summary>
/// Over SMTP. A server cannot be asked whether it has a mail already: one that was taken in the moment in which we died is
/// sent again, with the same Message-ID, by which mailboxes tell the two to be one.
/// </summary>
sealed class SmtpMailer(IOptions<MailOptions> options) : IMailer
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task Send(Mail mail, CancellationToken cancellation)
    {
        var server = options.Value;
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.Tls,
            Credentials = server.User is null ? null : new NetworkCredential(server.User, server.Password),
        };
        using var message = SystemMail.Of(mail, server.From);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, deadline.Token);
        }
        catch (SmtpException refusal) when (refusal.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed
            or SmtpStatusCode.UserNotLocalTryAlternatePath)
        {
            throw new MailRefused($"The mail server answered {(int)refusal.StatusCode}.", refusal);
        }
    }
}
