using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MiStore.Catalog.Products;
using MiStore.Contracts.Markets;
using MiStore.Messaging;
using MiStore.Messaging.Replays;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Notices;

/// <summary>
/// A shopper would like to be told when something can be bought: when its last restriction is lifted, its sale opens, or
/// it is in stock again; or reminded before a sale opens that is held in turn. He gets a mail with a link, and nothing more
/// until he has followed it.
/// </summary>
public static class AskForNotice
{
    /// <param name="Market">US, GB (or UK), DE, FR …; any case.</param>
    /// <param name="Email">Where to write to; at most 254 characters, ASCII.</param>
    /// <param name="Slug">The product, whichever of its variants; or <paramref name="Sku"/>, but not both.</param>
    /// <param name="Sku">One variant.</param>
    /// <param name="Sale">
    /// A sale of <paramref name="Sku"/> that is held in turn: one reminder an hour before it opens, or at once when confirmed
    /// later than that. It moves with the sale; none is sent once the sale has begun or is withdrawn.
    /// </param>
    /// <param name="Language">Two letters; a language that the market does not speak gives way to the market's own.</param>
    public sealed record Request(
        [property: MaxLength(64)] string Market, [property: MaxLength(254)] string Email, [property: MaxLength(64)] string? Slug = null,
        [property: MaxLength(64)] string? Sku = null, [property: MaxLength(16)] string? Language = null, Guid? Sale = null);

    public static void MapAskForNotice(this RouteGroupBuilder notices) => notices
        .MapPost("", Handle)
        .WithName(nameof(AskForNotice))
        .WithSummary("Ask to be told by mail when a product can be bought in a market, or before its sale opens")
        .WithDescription(
            """
            202 always alike, so that nobody learns who has asked before: the address gets a mail with a link to confirm, valid
            for two days; after five asks in a day it gets none. 400 malformed-request, invalid-email ·
            404 unknown-market, unknown-product, unknown-sku, unknown-sale · 409 sale-begun
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        Request request, Work work, CopyKeeper copies, NoticeLinks links, IOptions<NoticeOptions> options, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (request.Slug is null == request.Sku is null)
            return Problems.MalformedRequest("Give slug or sku, and not both.");
        if (request is { Sale: not null, Sku: null })
            return Problems.MalformedRequest("Give the sku with the sale.");
        if (AddressOf(request.Email) is not { } email)
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-email", "That is not an e-mail address.");

        var market = MarketCode.Normalize(request.Market);
        await using var unit = await work.Begin(cancellation);
        if (await LanguageIn(unit, market, request.Language) is not { } language)
            return copies.IsWhole ? Problems.UnknownMarket(request.Market) : throw new NotReady("every market");
        if (await unit.Connection.ExecuteScalarAsync<string?>(
                "select slug from products where slug = @Slug union all select product from variants where sku = @Sku", request) is not { } product)
            return request.Sku is null ? ProductProblems.UnknownProduct(request.Slug!) : ProductProblems.UnknownSku(request.Sku);

        var now = clock.GetUtcNow();
        if (request.Sale is { } id)
        {
            if (await AwaitedSale.Find(unit.Connection, id, market!, request.Sku!) is not { IsKnown: true } sale)
                return copies.IsWhole ? NoticeProblems.UnknownSale() : throw new NotReady("every sale");
            if (sale.At(now) == Reminding.Never)
                return NoticeProblems.SaleBegun();
        }

        if (await MayAsk(unit, links.PersonOf(email), options.Value.AsksADay, now))
            await PutDown(unit, market!, product, request.Sku, request.Sale, email, language, now);

        await unit.Commit(cancellation);
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>
    /// The address as it is written to and compared, or null. ASCII only: what is beyond it many servers do not take, and a
    /// control character could write headers of its own.
    /// </summary>
    public static string? AddressOf(string text) =>
        text.Trim() is { Length: <= 254 } email && email.All(letter => letter is > ' ' and < (char)127)
        && MailAddress.TryCreate(email, out var address) && address.Address == email && address.Host.Contains('.')
            ? email.ToLowerInvariant()
            : null;

    /// <summary>The wanted language where the market speaks it, else the market's own; null when there is no such market.</summary>
    static Task<string?> LanguageIn(UnitOfWork unit, string? market, string? wanted) => unit.Connection.ExecuteScalarAsync<string?>(
        "select case when @wanted = any(languages) then @wanted else coalesce(languages[1], @Fallback) end from markets where code = @market",
        new { market, wanted = wanted?.ToLowerInvariant(), Localised.Fallback });

    // Two asks of one person at once: the second waits here, and counts the first.
    static async Task<bool> MayAsk(UnitOfWork unit, byte[] person, int asksADay, DateTimeOffset now)
    {
        await unit.Connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(encode(@person, 'hex'), 0))", new { person });
        return await unit.Connection.ExecuteAsync(
            """
            insert into notice_asks (person, at)
            select @person, @now where (select count(*) from notice_asks where person = @person and at > @since) < @asksADay
            """, new { person, now, since = now.AddDays(-1), asksADay }) > 0;
    }

    static async Task PutDown(
        UnitOfWork unit, string market, string product, string? sku, Guid? sale, string email, string language, DateTimeOffset now)
    {
        var (id, isConfirmed) = await unit.Connection.QuerySingleAsync<(Guid Id, bool IsConfirmed)>(
            """
            insert into notices (id, market, product, sku, sale, email, language, asked_at)
            values (@id, @market, @product, @sku, @sale, @email, @language, @now)
            on conflict (market, product, coalesce(sku, ''), coalesce(sale, '00000000-0000-0000-0000-000000000000'), email)
                where due_at is null or sale is not null
                do update set language = excluded.language, asked_at = excluded.asked_at
            returning id, confirmed_at is not null
            """, new { id = Guid.CreateVersion7(now), market, product, sku, sale, email, language, now });
        if (!isConfirmed)
            unit.Publish(new SendNoticeMail(id, NoticeMail.Confirmation));
    }
}
