using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace MiStore.Catalog.Mails;

/// <summary>Into a folder, as .eml files that any mail program opens: for a store that nobody outside is to hear from.</summary>
sealed class FolderMailer(IOptions<MailOptions> options) : IMailer
{
    public async Task Send(Mail mail, CancellationToken cancellation)
    {
        // .NET chooses a name of its own; under its final one, a mail that is sent twice is there once and never half.
        var folder = Directory.CreateDirectory(options.Value.Folder!).FullName;
        var desk = Directory.CreateDirectory(Path.Combine(folder, $".{mail.Id}")).FullName;
        try
        {
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = desk };
            using var message = SystemMail.Of(mail, options.Value.From);
            await client.SendMailAsync(message, cancellation);
            File.Move(Directory.GetFiles(desk).Single(), Path.Combine(folder, $"{mail.Id}.eml"), overwrite: true);
        }
        finally
        {
            Directory.Delete(desk, recursive: true);
        }
    }
}
