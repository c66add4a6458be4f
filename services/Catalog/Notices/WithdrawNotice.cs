using Dapper;
using Npgsql;

namespace MiStore.Catalog.Notices;

/// <summary>
/// Somebody wants no more mails: all that he asked to be told of is deleted, and his address with it. A mail program's own
/// button does the same in one click (RFC 8058).
/// </summary>
public static class WithdrawNotice
{
    public static void MapWithdrawNotice(this RouteGroupBuilder notices)
    {
        notices.MapGet("/withdrawal", Ask)
            .WithName(nameof(WithdrawNotice) + "Page")
            .WithSummary("The page behind the link to end all notices of an address")
            .AnswersWithAPage();
        notices.MapPost("/withdrawal", Withdraw)
            .WithName(nameof(WithdrawNotice))
            .WithSummary("End all notices of an address, and forget it; doing it twice changes nothing more")
            .AnswersWithAPage();
    }

    /// <param name="token">From the link.</param>
    /// <param name="language">Of the page.</param>
    static IResult Ask(string? token, string? language, HttpRequest request, NoticeLinks links) =>
        links.Read(token, NoticeLink.Withdrawal) is null
            ? NoticePage.Unknown(request, language)
            : NoticePage.Question(NoticeWords.In(language), NoticeWords.In(language).WithdrawTitle, NoticeWords.In(language).WithdrawButton);

    /// <param name="token">From the link.</param>
    /// <param name="language">Of the page.</param>
    static async Task<IResult> Withdraw(
        string? token, string? language, HttpRequest request, NpgsqlDataSource db, NoticeLinks links, CancellationToken cancellation)
    {
        if (links.Read(token, NoticeLink.Withdrawal) is not { } id)
            return NoticePage.Unknown(request, language);

        await using var connection = await db.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("delete from notices where email = (select email from notices where id = @id)", new { id });
        // A notice that is gone already was withdrawn before, or forgotten: as good as done.
        return NoticePage.Done(NoticeWords.In(language), NoticeWords.In(language).Withdrawn, NoticeWords.In(language).WithdrawnText);
    }
}
