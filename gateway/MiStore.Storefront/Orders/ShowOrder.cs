using MiStore.Client;
using MiStore.Storefront.Checkout;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Orders;

/// <summary>The customer looks at an order by its link, which is the key to it as well.</summary>
static class ShowOrder
{
    static readonly TimeSpan PaymentPatience = TimeSpan.FromSeconds(3);

    public static void MapShowOrder(this RouteGroupBuilder shop) => shop.MapGet("/orders/{id:guid}", Handle);

    static async Task<IResult> Handle(
        Guid id, string? key, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(key))
            return FaultPages.NotFound(http);

        var order = (await store.GetOrder(id, key, PaymentPatience, cancellation)).OrThrow();
        return Of(order, key, http, visit);
    }

    public static IResult Of(
        Order order, string key, HttpContext http, Visit visit, string? problem = null, int status = StatusCodes.Status200OK)
    {
        // The address opens the order, so it is nothing for a cache.
        http.Response.Headers.CacheControl = "no-store";
        if (order.Status is "paid" or "packed" or "shipped" or "delivered")
            TypedAddress.Forget(http, visit.Place);
        return Page.Of<OrderPage>(new { Visit = visit, Order = order, Key = key, Problem = problem }, status);
    }
}
