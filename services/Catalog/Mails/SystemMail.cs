using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace MiStore.Catalog.Mails;

/// <summary>A mail as .NET's own client knows it, the same over SMTP and in a file.</summary>
static class SystemMail
{
    public static MailMessage Of(Mail mail, string from)
    {
        var sender = new MailAddress(from, "MiStore");
        var message = new MailMessage(sender, new MailAddress(mail.To))
        {
            Subject = mail.Subject, SubjectEncoding = Encoding.UTF8,
            Body = mail.Text.ReplaceLineEndings("\r\n"), BodyEncoding = Encoding.UTF8, BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        message.Headers.Add("Message-ID", $"<{mail.Id}@{sender.Host}>");
        // Nobody's holiday answers this, and one click (not one login) ends it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("List-Unsubscribe", $"<{mail.Unsubscribe}>");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return message;
    }
}
