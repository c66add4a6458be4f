using Dapper;
using Npgsql;

namespace MiStore.Catalog.Notices;

/// <summary>
/// The reader of the first mail says that it was he who asked. The link shows a page with one button: programs that only
/// look at links, as mail scanners do, confirm nothing.
/// </summary>
public static class ConfirmNotice
{
    public static void MapConfirmNotice(this RouteGroupBuilder notices)
    {
        notices.MapGet("/confirmation", Ask)
            .WithName(nameof(ConfirmNotice) + "Page")
            .WithSummary("The page behind the link to confirm a notice")
            .AnswersWithAPage();
        notices.MapPost("/confirmation", Confirm)
            .WithName(nameof(ConfirmNotice))
            .WithSummary("Confirm that one wants to be told; doing it twice changes nothing more")
            .AnswersWithAPage();
    }

    /// <param name="token">From the link.</param>
    /// <param name="language">Of the page, where there is no notice any more that says it.</param>
    static async Task<IResult> Ask(
        string? token, string? language, HttpRequest request, NpgsqlDataSource db, NoticeLinks links, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (await Find(connection, links, token, clock.GetUtcNow()) is not ({ } notice, var sale))
            return NoticePage.Unknown(request, language);

        var words = NoticeWords.In(notice.Language);
        var kind = words.Of(notice);
        return NoticePage.Question(words, words.Fill(kind.ConfirmTitle, notice, sale), kind.ConfirmButton);
    }

    /// <param name="token">From the link.</param>
    /// <param name="language">Of the page, where there is no notice any more that says it.</param>
    static async Task<IResult> Confirm(
        string? token, string? language, HttpRequest request, NpgsqlDataSource db, NoticeLinks links, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (await Find(connection, links, token, now) is not ({ } notice, var sale))
            return NoticePage.Unknown(request, language);

        await connection.ExecuteAsync(
            "update notices set confirmed_at = @now where id = @Id and confirmed_at is null", new { notice.Id, now });
        var words = NoticeWords.In(notice.Language);
        var kind = words.Of(notice);
        return NoticePage.Done(words, kind.Confirmed, words.Fill(kind.ConfirmedText, notice, sale));
    }

    static async Task<(Notice? Notice, AwaitedSale? Sale)> Find(
        NpgsqlConnection connection, NoticeLinks links, string? token, DateTimeOffset now)
    {
        if (links.Read(token, NoticeLink.Confirmation) is not { } id
            || await Notice.Find(connection, id) is not { } notice || !notice.CanBeConfirmed(now))
            return default;

        // There is nothing left to remind of once the sale has begun.
        var sale = await AwaitedSale.Find(connection, notice);
        return sale?.At(now) == Reminding.Never ? default : (notice, sale);
    }
}
