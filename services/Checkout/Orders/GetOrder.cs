using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace MiStore.Checkout.Orders;

/// <summary>The customer looks at an order, or holds the line until its payment is decided.</summary>
public static class GetOrder
{
    /// <summary>Longer waits are cut to this; the client asks again.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    // Another instance may have finished the order: then nobody here rings. A payment is quick or takes its time, and so do we.
    static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LaterLooks = TimeSpan.FromMilliseconds(500);

    public static void MapGetOrder(this RouteGroupBuilder orders) => orders
        .MapGet("/{id:guid}", Handle)
        .WithName(nameof(GetOrder))
        .WithSummary("Look at an order; with Prefer: wait=10, wait for its payment");

    static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Handle(
        Guid id, [FromHeader(Name = "Prefer")] string? prefer, HttpContext http, AccessTokens tokens,
        [FromKeyedServices(CheckoutDatabase.ByKey)] NpgsqlDataSource db, OrderWaiters waiters, CancellationToken cancellation)
    {
        // The same answer for an order that is somebody else's and one that does not exist.
        if (!tokens.Opens(id, http.Request))
            return OrderProblems.UnknownOrder();

        var wait = WaitOf(prefer);
        if (wait > TimeSpan.Zero)
            http.Response.Headers["Preference-Applied"] = $"wait={(int)wait.TotalSeconds}";

        var until = TimeProvider.System.GetUtcNow() + wait;
        try
        {
            for (var look = FirstLook; ; look = look * 2 < LaterLooks ? look * 2 : LaterLooks)
            {
                var final = wait > TimeSpan.Zero ? waiters.For(id) : Task.FromResult<Order?>(null);
                // Who has just ordered and waits for the payment is not worth a look into the database yet.
                var order = (look == FirstLook && wait > look ? waiters.Find(id) : null) ?? await Read(db, id, cancellation);
                if (order is null)
                    return OrderProblems.UnknownOrder();

                var left = until - TimeProvider.System.GetUtcNow();
                if (!order.IsOpen || left <= TimeSpan.Zero)
                    return TypedResults.Ok(order);

                await ((Task)final).WaitAsync(left < look ? left : look, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellation.ThrowIfCancellationRequested();
                if (final is { IsCompletedSuccessfully: true, Result: { } ended })
                    return TypedResults.Ok(order.At(ended));
            }
        }
        finally
        {
            waiters.Forget(id);
        }
    }

    static async Task<OrderView?> Read(NpgsqlDataSource db, Guid id, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        return await OrderView.Find(connection, id);
    }

    // RFC 7240: "wait=10", possibly among other preferences, which we may ignore.
    static TimeSpan WaitOf(string? prefer)
    {
        foreach (var preference in (prefer ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
            if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase) && int.TryParse(preference[5..], out var seconds) && seconds > 0)
                return seconds < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestWait;
        return TimeSpan.Zero;
    }
}
