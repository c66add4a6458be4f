using MiStore.Storefront.Visits;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>The shopper's place in the line of a sale, as the store sealed it: it outlives a refresh, a sleep and a restart.</summary>
static class TicketCookie
{
    // Places may be taken weeks before the sale.
    static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static string? Read(HttpRequest request, Guid sale) => request.Cookies[NameOf(sale)] is { Length: > 0 and <= 1024 } ticket ? ticket : null;

    public static void Write(HttpContext http, Guid sale, string ticket) =>
        http.Response.Cookies.Append(NameOf(sale), ticket, CartCookie.Options(http.Request, Lifetime));

    public static void Forget(HttpContext http, Guid sale) => http.Response.Cookies.Delete(NameOf(sale), CartCookie.Options(http.Request, null));

    // The gateway knows by this name that a page is somebody's own (ShelfRequest.cs).
    static string NameOf(Guid sale) => $"ticket-{sale:n}";
}
