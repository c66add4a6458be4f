using System.Globalization;
using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>It is the shopper's turn: what their order of this SKU needs, up to its end. They carry it from screen to screen.</summary>
/// <param name="Ticket">As the store sealed it for somebody who is admitted.</param>
/// <param name="ExtensionsLeft">How often they may ask for more time.</param>
public sealed record Turn(Guid Sale, string Sku, DateTimeOffset Until, string Ticket, int ExtensionsLeft)
{
    const string Cookie = "turn";

    /// <summary>Null where the cart holds nothing that the turn is for.</summary>
    public static Turn? Of(Cart? cart, HttpRequest request) =>
        request.Cookies[Cookie]?.Split('|') is [var sale, var sku, var until, var ticket, var more]
        && Guid.TryParse(sale, out var id) && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && int.TryParse(more, NumberStyles.None, CultureInfo.InvariantCulture, out var left) && cart?.Lines.Any(line => line.Sku == sku) == true
            ? new Turn(id, sku, DateTimeOffset.FromUnixTimeSeconds(seconds), ticket, left) : null;

    /// <param name="left">Until it ends; the store's clock need not be the browser's.</param>
    public void Write(HttpContext http, TimeSpan left) => http.Response.Cookies.Append(
        Cookie, string.Create(CultureInfo.InvariantCulture, $"{Sale:n}|{Sku}|{Until.ToUnixTimeSeconds()}|{Ticket}|{ExtensionsLeft}"),
        CartCookie.Options(http.Request, left));

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Cookie, CartCookie.Options(http.Request, null));
}
