using System.ComponentModel;
using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts;
using MiStore.Contracts.Markets;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Checkout.Taxes;

/// <summary>
/// What a market's seller of record has to declare for a time: each tax by its name, rate and region, as it stands on the
/// orders that were paid then, less the orders that were refunded then. It is the sum of those orders' tax lines, to the
/// cent, because it is made of nothing else.
/// </summary>
public static class ReportTaxes
{
    /// <summary>Nobody declares for longer at once.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <param name="Lines">By region, name and rate; what was sold without a tax is a line without a name.</param>
    /// <param name="Tax">The sum of the lines: what is owed, or less than zero what is to come back.</param>
    public sealed record Answer(
        string Market, string Currency, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Line> Lines, Money Tax);

    /// <param name="Region">State that the goods went to, where the market has a rule for each; else null.</param>
    /// <param name="Name">As it stands on the order; null where no tax was due.</param>
    /// <param name="Rate">A fraction as text, such as "0.19"; null where no tax was due.</param>
    /// <param name="Tax">Of the sales, less that of the refunds.</param>
    public sealed record Line(string? Region, string? Name, string? Rate, Sum Sales, Sum Refunds, Money Tax);

    /// <param name="Base">What the tax was reckoned on, without it.</param>
    public sealed record Sum(long Orders, Money Base, Money Tax);

    public static void MapReportTaxes(this RouteGroupBuilder admin) => admin
        .MapGet("/tax-report", Handle)
        .WithName(nameof(ReportTaxes))
        .WithSummary("Sum up a market's taxes of a time, by region, name and rate")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        [Description("US, GB (or UK), DE, FR …; any case.")] string market,
        [Description("The first instant; with its offset from UTC.")] DateTimeOffset from,
        [Description("The first instant that is not in it; at most 366 days later.")] DateTimeOffset to,
        NpgsqlDataSource db, CancellationToken cancellation)
    {
        if (to <= from || to - from > Longest)
            return Problems.MalformedRequest("to is after from, and at most 366 days later.");

        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (MarketCode.Normalize(market) is not { } code
            || await connection.ExecuteScalarAsync<string?>(
                "select coalesce((select currency from orders where market = @code limit 1), (select '' from offers where market = @code limit 1))",
                new { code }) is not { } currency)
            return Problems.UnknownMarket(market);
        if (currency.Length == 0)
            currency = await OfferedIn(connection, code);

        var rows = await connection.QueryAsync<Row>(Sql, new { code, from, to });
        var lines = rows.Select(row => row.Line(currency)).ToList();
        return TypedResults.Ok(new Answer(
            code, currency, from, to, lines, lines.Aggregate(Money.Zero(currency), (sum, line) => sum + line.Tax)));
    }

    // A late payment of an order that was given up is captured and goes back without ever having been a sale: it is in
    // neither column, because its timeline has no paid.
    const string Sql =
        """
        with events as (
            select o.id, o.quote, entry ->> 'Status' = 'refunded' as is_refund
            from orders o, jsonb_array_elements(o.timeline) as entry
            where o.market = @code and (entry ->> 'At')::timestamptz >= @from and (entry ->> 'At')::timestamptz < @to
                and entry ->> 'Status' in ('paid', 'refunded')
                and jsonb_path_exists(o.timeline, '$[*] ? (@.Status == "paid")')
        ), taxed as (
            select id, is_refund, quote #>> '{Destination,Region}' as region, line ->> 'Name' as name, line ->> 'Rate' as rate,
                coalesce((line #>> '{Base,amount}')::numeric, (quote #>> '{Subtotal,amount}')::numeric + (quote #>> '{Shipping,amount}')::numeric) as base,
                coalesce((line #>> '{Amount,amount}')::numeric, 0) as tax
            from events left join lateral jsonb_array_elements(quote -> 'TaxLines') as line on true
        )
        select region, name, rate,
            count(*) filter (where not is_refund) as sales, coalesce(sum(base) filter (where not is_refund), 0) as sales_base,
            coalesce(sum(tax) filter (where not is_refund), 0) as sales_tax,
            count(*) filter (where is_refund) as refunds, coalesce(sum(base) filter (where is_refund), 0) as refunds_base,
            coalesce(sum(tax) filter (where is_refund), 0) as refunds_tax
        from taxed group by region, name, rate order by region, name, rate
        """;

    static async Task<string> OfferedIn(NpgsqlConnection connection, string market) => await connection.ExecuteScalarAsync<string?>(
        """
        select terms #>> '{Price,currency}' from offers, jsonb_array_elements(schedule) as terms
        where market = @market and terms #>> '{Price,currency}' is not null limit 1
        """, new { market }) ?? "XXX"; // ISO 4217 for no currency at all: nothing was ever sold or offered there

    sealed record Row(
        string? Region, string? Name, string? Rate, long Sales, decimal SalesBase, decimal SalesTax, long Refunds, decimal RefundsBase,
        decimal RefundsTax)
    {
        public Line Line(string currency)
        {
            var (sales, refunds) = (new Sum(Sales, Of(SalesBase), Of(SalesTax)), new Sum(Refunds, Of(RefundsBase), Of(RefundsTax)));
            return new(Region, Name, Rate, sales, refunds, sales.Tax - refunds.Tax);

            Money Of(decimal amount) => Money.TryParse(amount.ToString(CultureInfo.InvariantCulture), currency, out var money)
                ? money.Value
                : throw new InvalidOperationException($"{amount} is no amount of {currency}.");
        }
    }
}
