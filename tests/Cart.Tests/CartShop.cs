using MiStore.Contracts;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Products;
using MiStore.Contracts.Stock;
using static MiStore.Contracts.Offers.OfferState;

namespace MiStore.Cart.Tests;

/// <summary>The cart service on real Redis and RabbitMQ, in a shop whose other services are played here.</summary>
public sealed class CartShop : ServersFixture
{
    public static readonly DateTimeOffset Opening = new(2015, 6, 1, 4, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset HeadphonesFrom = new(2015, 6, 10, 4, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<MarketChanged> Markets =
    [
        new("US", 1, "United States", "USD", "en-US", ["en"]),
        new("GB", 1, "United Kingdom", "GBP", "en-GB", ["en"]),
        new("DE", 1, "Deutschland", "EUR", "de-DE", ["de", "en"]),
    ];

    public static readonly IReadOnlyList<ProductPublished> Products =
    [
        Product("mi-band", ("MI-BAND", "Mi Band", "Mi Band (deutsch)")),
        Product("power-banks", ("PB-5000", "Power bank", "Zusatzakku"), ("PB-10500", "Large power bank", null)),
        Product("headphones", ("HEADPHONES", "Headphones", "Kopfhörer")),
        Product("mi-note", ("MI-NOTE", "Mi Note", null)),
        Product("cable", ("CABLE", "Cable", "Kabel")),
    ];

    public static readonly IReadOnlyList<OfferPublished> Offers =
    [
        Offer("US", "MI-BAND", Soon(Opening), Sold(1499, "USD", limit: 5)),
        Offer("US", "PB-5000", Soon(Opening), Sold(999, "USD")),
        Offer("US", "PB-10500", Sold(1399, "USD"), new(Opening.AddDays(1), Paused, new Money(1399, "USD"))),
        Offer("US", "HEADPHONES", Soon(HeadphonesFrom), new(HeadphonesFrom, Sellable, new Money(7999, "USD"))),
        Offer("US", "MI-NOTE", Restricted("patents", "support-centre")),
        Offer("US", "CABLE", Sold(499, "USD")),
        Offer("GB", "MI-BAND", Sold(1199, "GBP", limit: 5)),
        Offer("DE", "MI-BAND", Sold(1499, "EUR", limit: 2)),
        Offer("DE", "PB-5000", Sold(999, "EUR")),
        Offer("DE", "HEADPHONES", Restricted("localisation")),
        Offer("DE", "MI-NOTE", Restricted("patents")),
    ];

    /// <summary>The market sells the cable, and its batch opens later; of the others nothing was ever said.</summary>
    public static readonly IReadOnlyList<AvailabilityChanged> Stock = [new("US", "CABLE", 1, [new(HeadphonesFrom, null, Remaining.Many)])];

    public TestBroker Broker { get; private set; } = null!;

    public TestRedis Redis { get; private set; } = null!;

    public TestClock Clock { get; } = new(Opening.AddDays(2));

    public ServiceUnderTest<Program> Service { get; private set; } = null!;

    public HttpClient Client => Service.Client;

    public OtherServices Others { get; private set; } = null!;

    public async Task<string> OpenCart(string market = "US", params (string Sku, int Quantity)[] lines)
    {
        var opened = await Client.Post("/api/carts", new { market, lines = lines.Select(line => new { line.Sku, line.Quantity }) });
        return opened.ShouldBe(HttpStatusCode.Created)["id"].GetString()!;
    }

    public Task<Answer> SetLine(string cart, string sku, object quantity) =>
        Client.Put($"/api/carts/{cart}/lines/{sku}", new { quantity });

    /// <summary>Until the service has all that it was told, and says so.</summary>
    public Task IsWhole() => Eventually.Passes(async () => (await Client.Get("/health")).ShouldBe(HttpStatusCode.OK));

    /// <summary>From now on the others do not answer, and what they have said before has been heard.</summary>
    public Task OthersFallSilent()
    {
        return Others.FallSilent(Markets[0], Offers[0], async version =>
            await IsKept("markets", "US", version) && await IsKept("offers", "US:MI-BAND", version));

        async Task<bool> IsKept(string facts, string field, long version) =>
            ((string?)await Redis.Database.HashGetAsync("copies:{pricing}:" + facts, field))?.StartsWith($"{version:d19}", StringComparison.Ordinal) == true;
    }

    protected override async Task Start()
    {
        Broker = await TestBroker.Create();
        Redis = await TestRedis.Create();
        Others = await OtherServices.Play(Broker, producer => producer switch
        {
            "pricing" => [.. Markets, .. Offers],
            "catalog" => [.. Products],
            _ => [.. Stock],
        });
        Service = await new ServiceUnderTest<Program>().Using(Broker).Using(Redis).Using(Clock).Start();
        await IsWhole();
    }

    protected override async Task Stop()
    {
        await Service.DisposeAsync();
        await Redis.DisposeAsync();
        await Broker.DisposeAsync();
    }

    static ProductPublished Product(string slug, params (string Sku, string English, string? German)[] variants) => new(
        slug, 1, "accessories",
        [.. variants.Select(variant => new ProductVariant(variant.Sku, Names(variant.English, variant.German)))], []);

    static Dictionary<string, string> Names(string english, string? german) => german is null
        ? new() { ["en"] = english }
        : new() { ["en"] = english, ["de"] = german };

    static OfferPublished Offer(string market, string sku, params OfferTerms[] schedule) => new(market, sku, 1, schedule);

    static OfferTerms Soon(DateTimeOffset from) => new(DateTimeOffset.UnixEpoch, Upcoming, AvailableFrom: from);

    static OfferTerms Sold(long amount, string currency, int? limit = null) =>
        new(Opening, Sellable, new Money(amount, currency), LimitPerCustomer: limit);

    static OfferTerms Restricted(params string[] reasons) => new(DateTimeOffset.UnixEpoch, OfferState.Restricted, Reasons: reasons);
}
