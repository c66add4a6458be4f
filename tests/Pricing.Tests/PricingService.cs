using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Products;
using MiStore.Contracts.Replays;
using MiStore.Contracts.Stock;
using MiStore.Messaging;

namespace MiStore.Pricing.Tests;

/// <summary>
/// Pricing with its seed, on servers of its own, after it has heard of the opening day's products. The test plays
/// Catalog; the clock stands one day after the opening.
/// </summary>
public sealed class PricingService : ServersFixture
{
    public static readonly DateTimeOffset DayAfterOpening = Calendars.Utc("2015-06-02T12:00:00");

    public static readonly string[] Markets = ["US", "GB", "DE", "FR"];

    static readonly string[] Reasons = ["localisation", "patents", "support-centre"];

    public static IReadOnlyList<ProductPublished> Products { get; } =
    [
        Product("mi-band", "MI-BAND-BLK", "Mi Band", "Mi Band"),
        Product("power-bank-5000", "MI-PB-5000-SLV", "5000 mAh power bank", "Powerbank 5000 mAh"),
        Product("power-bank-10500", "MI-PB-10500-SLV", "10500 mAh power bank", "Powerbank 10500 mAh"),
        Product("headphones", "MI-HP-GLD", "Headphones", "Kopfhörer"),
        Product("mi-4", "MI-4-WHT-16", "Mi 4", "Mi 4") with { Restrictions = [.. Markets.Select(market => new MarketRestriction(market, Reasons))] },
    ];

    /// <summary>For every accessory of every market, on sale since long ago.</summary>
    public static IReadOnlyList<AvailabilityChanged> Stock { get; } =
    [
        .. from market in Markets
           from sku in new[] { "MI-BAND-BLK", "MI-PB-5000-SLV", "MI-PB-10500-SLV", "MI-HP-GLD" }
           select new AvailabilityChanged(market, sku, 1, [new(Calendars.Announcement, null, Remaining.Many)]),
    ];

    public TestClock Clock { get; } = new(DayAfterOpening);

    public TestDatabase Database { get; private set; } = null!;

    public TestBroker Broker { get; private set; } = null!;

    public ServiceUnderTest<Program> Service { get; private set; } = null!;

    public Heard<OfferPublished> Offers { get; private set; } = null!;

    public Heard<MarketChanged> MarketNews { get; private set; } = null!;

    public HttpClient Client => Service.Client;

    public static ProductPublished Product(string slug, string sku, string english, string german, long version = 1) => new(
        slug, version, "accessories", [new(sku, new Dictionary<string, string> { ["en"] = english, ["de"] = german })], [],
        Languages: ["de", "en", "fr"], Safety: new(["DE", "FR", "GB"], ["de", "en", "fr"]), HsCode: "851762");

    protected override async Task Start()
    {
        Database = await TestDatabase.Create(typeof(Work).Assembly, typeof(Program).Assembly);
        Broker = await TestBroker.Create();
        Offers = await Broker.Listen<OfferPublished>();
        MarketNews = await Broker.Listen<MarketChanged>();
        await Broker.Listen<ReplayRequested>(asked => asked.Producer switch
        {
            "catalog" => TellEverything(),
            "checkout" => TellOfStock(),
            _ => Task.CompletedTask,
        });

        Service = await new ServiceUnderTest<Program>().Using(Database, "pricingdb").Using(Broker).Using(Clock).Start();
        await Eventually.Passes(async () => (await Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    protected override async Task Stop()
    {
        await Service.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
    }

    public Task<HttpResponseMessage> Quote(object request) => Client.PostAsJsonAsync("/api/quotes", request);

    /// <summary>The newest offer that was heard, once it is of at least this version.</summary>
    public async Task<OfferPublished> Offer(string market, string sku, long version = 1) => await Eventually.Passes(() => Task.FromResult(
        Offers.Messages.Where(offer => offer.Market == market && offer.Sku == sku && offer.Version >= version).MaxBy(offer => offer.Version)
        ?? throw new TimeoutException($"{sku} in {market} was not published as version {version}.")));

    /// <summary>A request for one SKU to the market's own country.</summary>
    public static object Cart(string market, string sku = "MI-BAND-BLK", long quantity = 1, string shippingMethod = "standard") => new
    {
        market, lines = new[] { new { sku, quantity } }, shippingMethod,
        destination = new { country = market, region = market == "US" ? "CA" : null },
    };

    async Task TellOfStock()
    {
        foreach (var stock in Stock)
            await Broker.Publish(stock);
        await Broker.Publish(new ReplayFinished("pricing", "checkout", Stock.Count));
    }

    async Task TellEverything()
    {
        foreach (var product in Products)
            await Broker.Publish(product);
        await Broker.Publish(new ReplayFinished("pricing", "catalog", Products.Count));
    }
}

static class Answers
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<JsonElement> ShouldBeProblem(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Json();
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("type").GetString().ShouldBe("urn:mistore:" + code);
        answer.StatusCode.ShouldBe(status);
        return problem;
    }

    public static string? Text(this JsonElement json, params string[] path) =>
        path.Aggregate(json, (at, name) => at.GetProperty(name)).GetString();
}
