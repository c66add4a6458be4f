using System.Security.Cryptography;
using System.Text.Json;
using MiStore.Checkout.Orders;
using MiStore.Contracts;
using MiStore.Contracts.Quotes;

namespace MiStore.Bench.Lane;

/// <summary>Orders as they come: each of a customer of its own, under a key of its own, for one unit.</summary>
static class Buyer
{
    public const string Market = "US";
    public const string HotSku = "MI-BAND-BLK";
    public const string LastSku = "MI-BAND-LAST";
    public const string OldSku = "MI-BAND-OLD";

    // Nobody is to expire while a run lasts.
    static readonly TimeSpan Hold = TimeSpan.FromHours(12);

    static int customers;

    public static Quote OldQuote { get; } = AQuote(OldSku);

    public static string OldQuoteJson { get; } = JsonSerializer.Serialize(OldQuote);

    public static string AddressJson { get; } = JsonSerializer.Serialize(AnAddress(0));

    public static string TimelineJson { get; } = JsonSerializer.Serialize(Order(OldSku).ToOrder().Timeline);

    public static Placement Order(string sku)
    {
        var number = Interlocked.Increment(ref customers);
        var customer = new Customer($"buyer{number}@example.org", $"Buyer {number}");
        var address = AnAddress(number);
        var key = Guid.NewGuid().ToString();
        var now = DateTimeOffset.UtcNow;
        return new Placement(
            Guid.CreateVersion7(), OrderNumbers.New(Market), key, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)), customer,
            Customers.KeysOf(customer, address), address, AQuote(sku), null, "tok_ok", [new WantedUnits(sku, 1, null)], now, now + Hold);
    }

    static Address AnAddress(int number) => new($"Buyer {number}", $"{number} Main Street", null, "Sacramento", "CA", "95814", "US");

    static Quote AQuote(string sku)
    {
        Money Dollars(long cents) => new(cents, "USD");
        var now = DateTimeOffset.UtcNow;
        return new Quote(
            Guid.NewGuid(), Market, "USD", TaxIncluded: false, [new QuoteLine(sku, "Mi Band, black", 1, Dollars(1499), Dollars(1499), Dollars(109))],
            Dollars(1499), Dollars(499), Dollars(109), [new TaxLine("CA sales tax", "0.0725", Dollars(1499), Dollars(109))], Dollars(2107),
            new Destination("US", "CA", "95814"), "standard", now, now.AddMinutes(15));
    }
}
