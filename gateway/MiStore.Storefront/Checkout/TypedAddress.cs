using System.Buffers.Text;
using System.Text.Json;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Checkout;

/// <summary>
/// What the shopper has typed, for as long as their order may yet lapse unpaid and be tried again. It stays with them, in a cookie that
/// only the checkout of this place gets to see and no script can read, and is forgotten as soon as the order is known to be paid.
/// </summary>
static class TypedAddress
{
    const string Name = "address";

    // Browsers keep 4096 bytes; who lives at a longer address types it again.
    const int Longest = 3500;

    static readonly TimeSpan TimeToTryAgain = TimeSpan.FromHours(1);

    /// <param name="hold">How long the order waits for its payment.</param>
    public static void Keep(HttpContext http, Place place, AddressForm form, TimeSpan hold)
    {
        var text = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(form));
        if (text.Length <= Longest)
            http.Response.Cookies.Append(Name, text, Options(http, place, hold + TimeToTryAgain));
    }

    /// <returns>An empty form where nothing is kept.</returns>
    public static AddressForm Read(HttpRequest request)
    {
        try
        {
            return request.Cookies[Name] is { Length: <= Longest } text
                ? JsonSerializer.Deserialize<AddressForm>(Base64Url.DecodeFromChars(text)) ?? new AddressForm()
                : new AddressForm();
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            // Not what we wrote.
            return new AddressForm();
        }
    }

    public static void Forget(HttpContext http, Place place) => http.Response.Cookies.Delete(Name, Options(http, place, null));

    static CookieOptions Options(HttpContext http, Place place, TimeSpan? lifetime)
    {
        var options = CartCookie.Options(http.Request, lifetime);
        options.Path = place.Checkout;
        return options;
    }
}
