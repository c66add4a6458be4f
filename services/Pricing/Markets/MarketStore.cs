using Dapper;
using MiStore.Contracts.Markets;
using MiStore.Messaging;
using MiStore.Pricing.Offers;
using Npgsql;

namespace MiStore.Pricing.Markets;

/// <summary>Markets as rows.</summary>
static class MarketStore
{
    public const string Columns =
        """
        code, version, name, currency, locale, languages, time_zone, tax_included, seller_name, seller_address,
        postal_code_pattern, announced_from, test_from, test_until, opens_at, paused_since, safety_required, ships_from
        """;

    /// <summary>All of them, in the order in which the shop shows them.</summary>
    public static async Task<List<Market>> List(NpgsqlConnection connection) =>
        [.. (await connection.QueryAsync<Row>($"select {Columns} from markets order by position")).Select(row => row.Market)];

    /// <returns>Null when there is no such market.</returns>
    public static async Task<Market?> Find(NpgsqlConnection connection, string? code) =>
        (await connection.QuerySingleOrDefaultAsync<Row>($"select {Columns} from markets where code = @code", new { code }))?.Market;

    /// <summary>
    /// The market that is to be changed, after whoever is changing what offers are made of. Every change begins with this.
    /// </summary>
    /// <param name="code">As somebody wrote it.</param>
    public static async Task<Market?> Lock(UnitOfWork unit, string code)
    {
        await OfferPublisher.Lock(unit);
        return await Find(unit.Connection, MarketCode.Normalize(code));
    }

    public static async Task Add(NpgsqlConnection connection, Market market, int position) => await connection.ExecuteAsync(
        $"""
        insert into markets (position, {Columns})
        values (@position, @Code, @Version, @Name, @Currency, @Locale, @Languages, @TimeZone, @TaxIncluded, @SellerName,
            @SellerAddress, @PostalCodePattern, @AnnouncedFrom, @TestFrom, @TestUntil, @OpensAt, @PausedSince, @SafetyRequired, @ShipsFrom)
        """,
        new
        {
            position, market.Code, market.Version, market.Name, market.Currency, market.Locale, Languages = market.Languages.ToArray(),
            market.TimeZone, market.TaxIncluded, SellerName = market.Seller.Name, SellerAddress = market.Seller.Address,
            market.PostalCodePattern, market.Calendar.AnnouncedFrom, TestFrom = market.Calendar.TestSale?.From,
            TestUntil = market.Calendar.TestSale?.Until, market.Calendar.OpensAt, market.Calendar.PausedSince, market.SafetyRequired, market.ShipsFrom,
        });

    /// <summary>Gives the market another calendar and the next version.</summary>
    public static async Task<Market> Reschedule(NpgsqlConnection connection, Market market, MarketCalendar calendar)
    {
        var next = market with { Version = market.Version + 1, Calendar = calendar };
        await connection.ExecuteAsync(
            """
            update markets set version = @Version, announced_from = @AnnouncedFrom, test_from = @TestFrom,
                test_until = @TestUntil, opens_at = @OpensAt, paused_since = @PausedSince
            where code = @Code
            """,
            new
            {
                next.Code, next.Version, calendar.AnnouncedFrom, TestFrom = calendar.TestSale?.From,
                TestUntil = calendar.TestSale?.Until, calendar.OpensAt, calendar.PausedSince,
            });
        return next;
    }

    internal sealed class Row
    {
        public required string Code { get; init; }
        public required long Version { get; init; }
        public required string Name { get; init; }
        public required string Currency { get; init; }
        public required string Locale { get; init; }
        public required string[] Languages { get; init; }
        public required string TimeZone { get; init; }
        public required bool TaxIncluded { get; init; }
        public required string SellerName { get; init; }
        public required string SellerAddress { get; init; }
        public required string PostalCodePattern { get; init; }
        public required DateTimeOffset AnnouncedFrom { get; init; }
        public DateTimeOffset? TestFrom { get; init; }
        public DateTimeOffset? TestUntil { get; init; }
        public required DateTimeOffset OpensAt { get; init; }
        public DateTimeOffset? PausedSince { get; init; }
        public required bool SafetyRequired { get; init; }
        public required string ShipsFrom { get; init; }

        public Market Market => new(
            Code, Version, Name, Currency, Locale, Languages, TimeZone, TaxIncluded, new Seller(SellerName, SellerAddress),
            PostalCodePattern,
            new MarketCalendar(
                AnnouncedFrom, TestFrom is { } from && TestUntil is { } until ? new TestSale(from, until) : null, OpensAt, PausedSince),
            ShipsFrom, SafetyRequired);
    }
}
