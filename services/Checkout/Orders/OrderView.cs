using System.Text.Json;
using Dapper;
using MiStore.Contracts;
using MiStore.Contracts.Quotes;
using Npgsql;

namespace MiStore.Checkout.Orders;

/// <summary>An order as its customer sees it.</summary>
/// <param name="Number">For people; the id is for programs.</param>
/// <param name="ReservedUntil">Up to when the units are held unpaid; polling never extends it.</param>
/// <param name="Reason">Why it ended without a sale, such as insufficient_funds or reservation-expired; else null.</param>
/// <param name="TermsVersion">
/// Of the market's terms of sale that the buyer accepted (GET /api/markets/{market}/legal/terms?version=); null for orders from before that was kept.
/// </param>
/// <param name="Timeline">Every status it has had, oldest first.</param>
public record OrderView(
    Guid Id,
    string Number,
    string Market,
    OrderStatus Status,
    IReadOnlyList<QuoteLine> Lines,
    Money Subtotal,
    Money Shipping,
    Money Tax,
    IReadOnlyList<TaxLine> TaxLines,
    Money Total,
    DateTimeOffset PlacedAt,
    DateTimeOffset ReservedUntil,
    string? Reason,
    IReadOnlyList<TimelineEntry> Timeline,
    int? TermsVersion)
{
    /// <summary>True until the order is paid or has come to nothing.</summary>
    internal bool IsOpen => Status is OrderStatus.Reserved or OrderStatus.Paying;

    public static OrderView Of(Placement placement)
    {
        var order = placement.ToOrder();
        return Of(order.Id, placement.Number, order.Status, placement.Quote, placement.PlacedAt, order.ReservedUntil, null, order.Timeline);
    }

    /// <summary>The same order, further on.</summary>
    public OrderView At(Order later) => this with { Status = later.Status, Reason = later.Reason, Timeline = later.Timeline };

    public static async Task<OrderView?> Find(NpgsqlConnection connection, Guid id)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "select id, number, status, quote, placed_at, reserved_until, reason, timeline from orders where id = @id", new { id });
        return row is null ? null : Of(
            row.Id, row.Number, Enum.Parse<OrderStatus>(row.Status, ignoreCase: true), JsonSerializer.Deserialize<Quote>(row.Quote)!,
            row.PlacedAt, row.ReservedUntil, row.Reason, JsonSerializer.Deserialize<TimelineEntry[]>(row.Timeline)!);
    }

    static OrderView Of(
        Guid id, string number, OrderStatus status, Quote quote, DateTimeOffset placedAt, DateTimeOffset reservedUntil,
        string? reason, IReadOnlyList<TimelineEntry> timeline) => new(
        id, number, quote.Market, status, quote.Lines, quote.Subtotal, quote.Shipping, quote.Tax, quote.TaxLines, quote.Total,
        placedAt, reservedUntil, reason, timeline, quote.TermsVersion);

    sealed record Row(
        Guid Id, string Number, string Status, string Quote, DateTimeOffset PlacedAt, DateTimeOffset ReservedUntil,
        string? Reason, string Timeline);
}

/// <summary>The answer to whoever placed the order.</summary>
/// <param name="AccessToken">Opens this order, as a bearer token; keep it like a password.</param>
public sealed record PlacedOrderView(OrderView Order, string AccessToken) : OrderView(Order)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public OrderView Order { get; } = Order;

    public static PlacedOrderView Of(OrderView order, string accessToken) => new(order, accessToken);
}
