using System.Text.Json.Serialization;
using Dapper;
using MassTransit;
using MiStore.Catalog.Mails;
using MiStore.Contracts;
using MiStore.Messaging;

namespace MiStore.Catalog.Notices;

[JsonConverter(typeof(KebabCase<NoticeMail>))]
public enum NoticeMail
{
    /// <summary>Did you ask for this?</summary>
    Confirmation,

    /// <summary>It can be bought now.</summary>
    Sale,

    /// <summary>Its sale opens soon.</summary>
    Reminder,
}

/// <summary>A mail about a notice is to be sent. Said by Catalog to itself; the address stays in the database.</summary>
/// <param name="Tries">How often it was tried in vain.</param>
[MustArrive]
public sealed record SendNoticeMail(Guid Notice, NoticeMail Mail, int Tries = 0);

/// <summary>
/// Sends one mail, once: the mark that it was handled commits after the mail was taken. While the mail server is away the
/// mail goes back to the outbox, later each time, for a day.
/// </summary>
public sealed class SendNoticeMailConsumer(Work work, IMailer mailer, NoticeLinks links, TimeProvider clock, ILogger<SendNoticeMailConsumer> log)
    : IConsumer<SendNoticeMail>
{
    // 30 s, 1 min, 2 min … an hour, an hour: about a day in all.
    const int MostTries = 30;
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public async Task Consume(ConsumeContext<SendNoticeMail> context)
    {
        await using var unit = await work.Begin(context);
        if (unit.IsRepeat)
            return;

        // Withdrawn meanwhile: then there is nobody to write to.
        var wanted = context.Message;
        if (await Notice.Find(unit.Connection, wanted.Notice) is { } notice
            && await IsSent(unit, notice, wanted, context.MessageId!.Value, context.CancellationToken)
            && wanted.Mail != NoticeMail.Confirmation)
            await unit.Connection.ExecuteAsync("update notices set sent_at = @now where id = @Id", new { notice.Id, now = clock.GetUtcNow() });
        await unit.Commit(context.CancellationToken);
    }

    async Task<bool> IsSent(UnitOfWork unit, Notice notice, SendNoticeMail wanted, Guid messageId, CancellationToken cancellation)
    {
        try
        {
            var sale = await AwaitedSale.Find(unit.Connection, notice);
            if (sale is not null && !await IsStillWanted(unit, notice, sale, wanted.Mail))
                return false;

            await mailer.Send(Compose(notice, sale, wanted.Mail, messageId), cancellation);
            return true;
        }
        catch (MailRefused refused)
        {
            log.LogWarning("The mail for notice {Notice} cannot be delivered: {Cause}", notice.Id, refused.Message);
        }
        catch (Exception fault) when (wanted.Tries < MostTries && !cancellation.IsCancellationRequested)
        {
            log.LogWarning("The mail for notice {Notice} waits: {Cause}", notice.Id, fault.Message);
            unit.Publish(wanted with { Tries = wanted.Tries + 1 }, clock.GetUtcNow() + PauseAfter(wanted.Tries));
        }

        return false;
    }

    // While a mail waited for its server, the sale may have begun; or moved, and the reminder moves with it.
    async Task<bool> IsStillWanted(UnitOfWork unit, Notice notice, AwaitedSale sale, NoticeMail mail)
    {
        var reminding = sale.At(clock.GetUtcNow());
        if (mail == NoticeMail.Confirmation)
            return reminding != Reminding.Never;

        if (reminding == Reminding.Later)
            await unit.Connection.ExecuteAsync("update notices set due_at = null where id = @Id", new { notice.Id });
        return reminding == Reminding.Now;
    }

    static TimeSpan PauseAfter(int tries) =>
        tries < 8 && FirstPause * Math.Pow(2, tries) is var pause && pause < LongestPause ? pause : LongestPause;

    Mail Compose(Notice notice, AwaitedSale? sale, NoticeMail mail, Guid id)
    {
        var words = NoticeWords.In(notice.Language);
        var kind = words.Of(notice);
        var (subject, text, link) = mail switch
        {
            NoticeMail.Confirmation => (kind.ConfirmSubject, kind.ConfirmText, links.Confirmation(notice.Id, notice.Language)),
            NoticeMail.Reminder => (kind.Subject, kind.Text, links.Sale(notice.Market, notice.Language, sale!.Id)),
            _ => (kind.Subject, kind.Text, links.Product(notice.Market, notice.Language, notice.Product)),
        };
        var end = links.Withdrawal(notice.Id, notice.Language);
        return new Mail(
            id, notice.Email, words.Fill(subject, notice, sale),
            $"""
            {words.Fill(text, notice, sale)}

            {link}


            {words.Footer}
            {end}

            """, end);
    }
}

/// <summary>A mail server is slow, and each mail holds a connection to the database; the shop needs those more.</summary>
public sealed class SendNoticeMailConsumerDefinition : ConsumerDefinition<SendNoticeMailConsumer>
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<SendNoticeMailConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.ConcurrentMessageLimit = 4;
}
