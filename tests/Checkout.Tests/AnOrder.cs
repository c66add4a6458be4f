using MiStore.Checkout.Orders;
using MiStore.Checkout.Stock;
using MiStore.Contracts;
using MiStore.Contracts.Quotes;

namespace MiStore.Checkout.Tests;

/// <summary>Values that most tests here begin with.</summary>
static class AnOrder
{
    public static readonly DateTimeOffset Noon = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static Order Reserved(DateTimeOffset? until = null) => APlacement().ToOrder() with { ReservedUntil = until ?? Noon.AddMinutes(10) };

    public static Placement APlacement(
        string? key = null, int units = 1, string customer = "ada", string sku = "MI-BAND-BLK", int? limit = null, Guid? id = null) => new(
        id ?? Guid.CreateVersion7(), OrderNumbers.New("US"), key ?? Guid.NewGuid().ToString(), [1],
        new Customer($"{customer}@example.org", customer), [$"email:{customer}"],
        new Address(customer, "1 Main Street", null, "Sacramento", "CA", "95814", "US"),
        AQuote(sku, units), null, "tok_ok", [new WantedUnits(sku, units, limit)], Noon, Noon.AddMinutes(10));

    public static Quote AQuote(
        string sku = "MI-BAND-BLK", int units = 1, long price = 1499, DateTimeOffset? expiresAt = null, Destination? destination = null)
    {
        var line = new Money(price, "USD") * units;
        var zero = Money.Zero("USD");
        return new Quote(
            Guid.NewGuid(), "US", "USD", TaxIncluded: false, [new QuoteLine(sku, "Mi Band", units, new Money(price, "USD"), line, zero)],
            line, zero, zero, [], line, destination ?? new Destination("US", "CA", "95814"), "standard", Noon, expiresAt ?? Noon.AddMinutes(15));
    }

    public static Batch ABatch(int units, int? limit = null, DateTimeOffset? opensAt = null, DateTimeOffset? closesAt = null, string sku = "MI-BAND-BLK") => new(
        Guid.CreateVersion7(), "US", sku, units, opensAt ?? Noon.AddHours(-1), closesAt, limit, units, 0, 0, 0);

    public static LaneBook ABook(params Batch[] batches) => new(Noon, 1, batches, [], [], []);
}
