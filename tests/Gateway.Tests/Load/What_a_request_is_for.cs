using System.Net;
using MiStore.Gateway.Edge;
using MiStore.Gateway.Load;

namespace MiStore.Gateway.Tests.Load;

public sealed class What_a_request_is_for
{
    [Theory]
    [InlineData("GET", "/health", Purpose.Always)]
    [InlineData("GET", "/alive", Purpose.Always)]
    [InlineData("GET", "/api/markets/DE/live", Purpose.Always)]
    [InlineData("GET", "/api/markets", Purpose.Browse)]
    [InlineData("GET", "/api/markets/DE/products/live", Purpose.Browse)]
    [InlineData("HEAD", "/api/markets/DE/products", Purpose.Browse)]
    [InlineData("POST", "/api/markets/DE/products/mi-band/notices", Purpose.SignUp)]
    [InlineData("GET", "/images/mi-band.svg", Purpose.Browse)]
    [InlineData("GET", "/", Purpose.Browse)]
    [InlineData("GET", "/de/de/products/mi-band", Purpose.Browse)]
    [InlineData("GET", "/api/carts/1", Purpose.Cart)]
    [InlineData("PUT", "/api/carts/1/lines/MI-BAND", Purpose.Cart)]
    [InlineData("POST", "/de/de/cart/lines", Purpose.Cart)]
    [InlineData("POST", "/api/quotes", Purpose.Quote)]
    [InlineData("POST", "/de/de/checkout", Purpose.Quote)]
    [InlineData("POST", "/api/orders", Purpose.Order)]
    [InlineData("POST", "/api/orders/", Purpose.Order)]
    [InlineData("POST", "/de/de/checkout/order", Purpose.Order)]
    [InlineData("GET", "/api/orders/1", Purpose.Lookup)]
    [InlineData("POST", "/api/orders/1/cancellation", Purpose.Lookup)]
    [InlineData("GET", "/de/de/orders/1", Purpose.Lookup)]
    [InlineData("GET", "/api/sales/1/ticket", Purpose.Lookup)]
    [InlineData("POST", "/api/sales/1/tickets", Purpose.SignUp)]
    [InlineData("POST", "/api/sales/1/ticket/extension", Purpose.Cart)]
    [InlineData("POST", "/de/de/sales/1/more-time", Purpose.Cart)]
    [InlineData("POST", "/api/dev/token", Purpose.SignUp)]
    [InlineData("POST", "/api/admin/markets/DE/pause", Purpose.Operate)]
    public void Its_method_and_path_say(string method, string path, Purpose purpose) => Purposes.Of(method, path).ShouldBe(purpose);

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9", true)]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:3::9", false)]
    public void A_client_is_what_it_cannot_change_by_itself(string one, string other, bool isOne) =>
        (Client.Of(IPAddress.Parse(one)) == Client.Of(IPAddress.Parse(other))).ShouldBe(isOne);

    [Theory]
    [InlineData("", true)]
    [InlineData("10.0.0.0/8 fd00::/8", true)]
    [InlineData("10.0.0.0/64", false)]
    [InlineData("everybody", false)]
    public void Networks_are_read_from_a_setting(string text, bool isGood) => Networks.TryParse(text, out _).ShouldBe(isGood);
}
