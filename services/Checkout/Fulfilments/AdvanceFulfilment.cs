using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Checkout.Orders;
using MiStore.Checkout.Stock;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Checkout.Fulfilments;

/// <summary>The warehouse says how far a parcel is: packed, shipped, delivered. From packed on, it is too late to cancel.</summary>
public static class AdvanceFulfilment
{
    public static void MapAdvanceFulfilment(this RouteGroupBuilder admin)
    {
        Map("packing", "PackOrder", "An order is packed", new OrderFact.ParcelPacked());
        Map("shipment", "ShipOrder", "An order is on its way", new OrderFact.ParcelShipped());
        Map("delivery", "DeliverOrder", "An order has arrived", new OrderFact.ParcelDelivered());

        void Map(string step, string name, string summary, OrderFact fact) => admin
            .MapPost($"/orders/{{id:guid}}/{step}", (Guid id, HttpContext http, OrderLanes lanes, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation) =>
                Handle(id, fact, http, lanes, db, clock, cancellation))
            .WithName(name)
            .WithSummary(summary);
    }

    static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Handle(
        Guid id, OrderFact fact, HttpContext http, OrderLanes lanes, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (await connection.QuerySingleOrDefaultAsync<string>("select market from orders where id = @id", new { id }) is not { } market)
            return OrderProblems.UnknownOrder();

        var step = await lanes.Of(market).Advance(id, fact, cancellation);
        if (step is null or { IsRefused: true })
            return OrderProblems.WrongStatus(step?.Order.Status ?? default);

        var order = (await OrderView.Find(connection, id))!;
        await Changes.Record(connection, null, http.User.Subject(), $"order {order.Number} {order.Status}", null, null, clock.GetUtcNow());
        return TypedResults.Ok(order);
    }
}
