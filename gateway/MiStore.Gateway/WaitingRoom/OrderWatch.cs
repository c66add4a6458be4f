using System.Diagnostics;
using MiStore.Contracts.Sales;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// Notes how orders with a ticket fare: how long they take and whether they are turned away. That is all we know of what
/// the lane sustains, and all we need: people are let in at the pace at which orders come back well.
/// </summary>
static class OrderWatch
{
    /// <summary>An order that takes longer has stood in a line of its own.</summary>
    public static readonly TimeSpan SlowOrder = TimeSpan.FromMilliseconds(250);

    public static void UseOrderWatch(this WebApplication app)
    {
        var rooms = app.Services.GetRequiredService<SaleRooms>();
        var seal = app.Services.GetRequiredService<TicketSeal>();
        app.Use((http, next) =>
            HttpMethods.IsPost(http.Request.Method)
            && http.Request.Headers[TicketSeal.Header].ToString() is { Length: > 0 } text
            && http.Request.Path.StartsWithSegments("/api/orders")
            && seal.Open(text) is { } ticket && rooms.Known(ticket.SaleId) is { } room
                ? Watch(http, next, room)
                : next(http));
    }

    static async Task Watch(HttpContext http, RequestDelegate next, SaleRoom room)
    {
        var began = Stopwatch.GetTimestamp();
        await next(http);
        if (http.RequestAborted.IsCancellationRequested)
            return;

        var (took, status) = (Stopwatch.GetElapsedTime(began), http.Response.StatusCode);
        room.Saw(took > SlowOrder, status >= StatusCodes.Status500InternalServerError);
        room.Tally.Answered(took, status, status >= StatusCodes.Status400BadRequest ? $"order-{status}" : null);
    }
}
