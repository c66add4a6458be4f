using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace MiStore.Checkout.Orders;

/// <summary>
/// Who has lost the order's link asks with its number and the e-mail address that it was placed with. That opens no more
/// than where the order stands: no name, no address, nothing that was bought.
/// </summary>
public static class LookUpOrder
{
    public const int WrongTries = 5;

    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    /// <param name="Number">As the order's page shows it; any case.</param>
    public sealed record Request(
        [property: Required, StringLength(40, MinimumLength = 1)] string Number,
        [property: Required, StringLength(254, MinimumLength = 1)] string Email);

    /// <param name="Timeline">Every status it has had, oldest first.</param>
    public sealed record Answer(string Number, string Market, OrderStatus Status, IReadOnlyList<TimelineEntry> Timeline);

    public static void MapLookUpOrder(this RouteGroupBuilder orders) => orders
        .MapPost("/lookup", Handle)
        .WithName(nameof(LookUpOrder))
        .WithSummary("Find out where an order stands, by its number and e-mail address")
        .WithDescription(
            """
            404 unknown-order for a wrong number and a wrong address alike · 429 too-many-tries (lockedUntil, retryAfterSeconds) for a quarter of an
            hour after five wrong tries for a number
            """)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        Request request, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        var number = request.Number.Trim().ToUpperInvariant();
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        // The row is locked until we are done: tries at the same time are counted one after the other. Only numbers that
        // exist have one, so that nobody fills the table with what they make up.
        var tries = await connection.QuerySingleOrDefaultAsync<Tries>(
            """
            insert into order_lookups as known (number, wrong, last_at) select number, 0, @now from orders where number = @number
            on conflict (number) do update set wrong = case when known.last_at <= @since then 0 else known.wrong end
            returning wrong, last_at as at
            """, new { number, now, since = now - Lock }, transaction);
        if (tries is null)
            return OrderProblems.UnknownOrder();
        if (tries.Wrong >= WrongTries)
            return OrderProblems.TooManyTries(tries.At + Lock, now);

        var order = await Find(connection, transaction, number, request.Email.Trim());
        await connection.ExecuteAsync(
            order is null
                ? "update order_lookups set wrong = wrong + 1, last_at = @now where number = @number"
                : "delete from order_lookups where number = @number",
            new { number, now }, transaction);
        await transaction.CommitAsync(cancellation);

        return order is null ? OrderProblems.UnknownOrder() : TypedResults.Ok(order);
    }

    static async Task<Answer?> Find(NpgsqlConnection connection, NpgsqlTransaction transaction, string number, string email)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "select number, market, status, timeline from orders where number = @number and lower(email) = lower(@email)",
            new { number, email }, transaction);
        return row is null ? null : new Answer(
            row.Number, row.Market, Enum.Parse<OrderStatus>(row.Status, ignoreCase: true),
            JsonSerializer.Deserialize<TimelineEntry[]>(row.Timeline)!);
    }

    sealed record Tries(int Wrong, DateTimeOffset At);

    sealed record Row(string Number, string Market, string Status, string Timeline);
}
