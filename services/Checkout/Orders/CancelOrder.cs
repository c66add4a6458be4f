using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace MiStore.Checkout.Orders;

/// <summary>
/// The customer takes an order back, until it is packed: the units go back into the ledger at once, the money as soon
/// as the provider has sent it. Asking twice changes nothing more.
/// </summary>
public static class CancelOrder
{
    public static void MapCancelOrder(this RouteGroupBuilder orders) => orders
        .MapPost("/{id:guid}/cancellation", Handle)
        .WithName(nameof(CancelOrder))
        .WithSummary("Cancel an order that is not packed yet");

    static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, AccessTokens tokens, OrderLanes lanes, NpgsqlDataSource db, CancellationToken cancellation)
    {
        if (!tokens.Opens(id, http.Request))
            return OrderProblems.UnknownOrder();

        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (await connection.QuerySingleOrDefaultAsync<string>("select market from orders where id = @id", new { id }) is not { } market)
            return OrderProblems.UnknownOrder();

        var step = await lanes.Of(market).Advance(id, new OrderFact.CancellationRequested(), cancellation);
        return step is { IsRefused: true }
            ? OrderProblems.TooLate(step.Order.Status)
            : TypedResults.Ok((await OrderView.Find(connection, id))!);
    }
}
