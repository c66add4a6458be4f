using System.Net.Mail;
using Microsoft.Extensions.Options;
using MiStore.Catalog.Mails;
using MiStore.Catalog.Tests.Notices;

namespace MiStore.Catalog.Tests.Mails;

public sealed class When_a_mail_goes_over_SMTP : IAsyncLifetime
{
    static readonly Mail Mail = new(
        Guid.CreateVersion7(), "ada@example.org", "Jetzt zu haben: Kopfhörer",
        "Grüße!\n.ein Punkt am Anfang\nhttp://store.test/de/de/products/headphones\n", new Uri("http://store.test/api/notices/1/withdrawal"));

    readonly Postbox postbox = new();

    [Fact]
    public async Task It_arrives_as_it_was_written()
    {
        await Mailer.Send(Mail, TestContext.Current.CancellationToken);

        var (from, to, message) = postbox.Mails.ShouldHaveSingleItem();
        (from, to).ShouldBe(("store@mistore.example", "ada@example.org"));
        message.ShouldContain($"Message-ID: <{Mail.Id}@mistore.example>", Case.Insensitive);

        var file = Path.Combine(Path.GetTempPath(), $"{Mail.Id}.eml");
        await File.WriteAllTextAsync(file, message, TestContext.Current.CancellationToken);
        var letter = Letter.Read(file);
        File.Delete(file);
        letter.Subject.ShouldBe(Mail.Subject);
        letter.Text.ShouldContain("Grüße!\r\n.ein Punkt am Anfang\r\n");
        letter.Link.ShouldBe("/de/de/products/headphones");
        letter.Unsubscribe.ShouldBe("/api/notices/1/withdrawal");
    }

    [Fact]
    public async Task Who_does_not_exist_is_not_written_to_again()
    {
        postbox.AnswerToRecipient = "550 No such person";
        await Should.ThrowAsync<MailRefused>(Mailer.Send(Mail, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_is_busy_is_tried_again_later()
    {
        postbox.AnswerToRecipient = "451 Come back later";
        await Should.ThrowAsync<SmtpException>(Mailer.Send(Mail, TestContext.Current.CancellationToken));
        postbox.Mails.ShouldBeEmpty();

        postbox.AnswerToRecipient = "250 Known";
        await Mailer.Send(Mail, TestContext.Current.CancellationToken);
        postbox.Mails.ShouldHaveSingleItem();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => postbox.DisposeAsync();

    SmtpMailer Mailer => new(Options.Create(new MailOptions { Host = "127.0.0.1", Port = postbox.Port, Tls = false }));
}
