using Dapper;
using Npgsql;

namespace MiStore.Catalog.Notices;

/// <summary>Somebody's wish to be told when a product can be bought in a market, or reminded of a sale of it.</summary>
/// <param name="Sale">What to remind of; null where the product itself is waited for.</param>
/// <param name="ProductName">In the language of the wish, or else in English.</param>
/// <param name="TimeZone">Of the market, as IANA names it; null while we have not been told.</param>
sealed record Notice(
    Guid Id, string Market, string Product, Guid? Sale, string Email, string Language, string ProductName, string? TimeZone,
    DateTimeOffset AskedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? DueAt)
{
    /// <summary>A wish that nobody confirmed by then is forgotten.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(2);

    public bool CanBeConfirmed(DateTimeOffset now) => ConfirmedAt is not null || now - AskedAt < ConfirmWithin;

    /// <returns>Null when there is none, or no longer.</returns>
    public static Task<Notice?> Find(NpgsqlConnection connection, Guid id) => connection.QuerySingleOrDefaultAsync<Notice?>(
        """
        select n.id, n.market, n.product, n.sale, n.email, n.language, t.name as product_name, m.time_zone,
            n.asked_at, n.confirmed_at, n.due_at
        from notices n
        left join markets m on m.code = n.market
        join lateral (
            select name from product_texts where product = n.product and language in (n.language, 'en')
            order by language = n.language desc limit 1) as t on true
        where n.id = @id
        """, new { id });
}
