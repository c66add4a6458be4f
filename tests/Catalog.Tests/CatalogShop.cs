using Dapper;
using MiStore.Contracts;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;
using MiStore.Messaging;
using static MiStore.Contracts.Offers.OfferState;

namespace MiStore.Catalog.Tests;

/// <summary>The catalog with its own opening range, on real PostgreSQL and RabbitMQ; the other services are played here.</summary>
public sealed class CatalogShop : ServersFixture
{
    public static readonly DateTimeOffset Opening = new(2015, 6, 1, 4, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = Opening.AddDays(2);
    public static readonly DateTimeOffset SecondBatch = Opening.AddDays(5);
    public static readonly DateTimeOffset HeadphonesFrom = Opening.AddDays(9);

    /// <summary>So many are told at once, and the next after this pause.</summary>
    public const int Wave = 3;
    public static readonly TimeSpan WavePause = TimeSpan.FromMinutes(5);

    public static readonly IReadOnlyList<MarketChanged> Markets =
    [
        new("US", 1, "United States", "USD", "en-US", ["en"]),
        new("GB", 1, "United Kingdom", "GBP", "en-GB", ["en"]),
        new("DE", 1, "Deutschland", "EUR", "de-DE", ["de", "en"], TimeZone: "Europe/Berlin"),
        new("FR", 1, "France", "EUR", "fr-FR", ["fr", "en"]),
    ];

    public static readonly IReadOnlyList<OfferPublished> Offers =
    [
        Offer("US", "MI-BAND-BLK", Sold(1499, limit: 5)),
        Offer("US", "MI-PB-5000-SLV", Sold(999)),
        Offer("US", "MI-PB-10500-SLV", Sold(1399)),
        Offer("US", "MI-HP-GLD", Soon(HeadphonesFrom), new(HeadphonesFrom, Sellable, new Money(7999, "USD"))),
        Offer("US", "MI-4-WHT-16", new OfferTerms(DateTimeOffset.MinValue, Restricted, Reasons: ["patents"])),
        Offer("DE", "MI-BAND-BLK", Sold(1499, "EUR")),
        Offer("DE", "MI-PB-5000-SLV", Sold(999, "EUR"), new(Opening.AddDays(1), Paused, new Money(999, "EUR"))),
        Offer("DE", "MI-HP-GLD", new OfferTerms(DateTimeOffset.MinValue, NotOffered)),
        Offer("FR", "MI-BAND-BLK", Sold(1499, "EUR")),
    ];

    public static readonly IReadOnlyList<AvailabilityChanged> Stock =
    [
        new("US", "MI-BAND-BLK", 1, [new(Opening, null, Remaining.Many)]),
        new("US", "MI-PB-5000-SLV", 1, [new(SecondBatch, null, Remaining.Many)]),
        new("US", "MI-PB-10500-SLV", 1, [new(Opening, null, Remaining.None), new(SecondBatch, null, Remaining.Many)]),
        new("DE", "MI-BAND-BLK", 1, [new(Opening, null, Remaining.Few)]),
        new("FR", "MI-BAND-BLK", 1, [new(Opening, null, Remaining.Few)]),
    ];

    public TestBroker Broker { get; private set; } = null!;

    public TestDatabase Database { get; private set; } = null!;

    public TestClock Clock { get; } = new(Now);

    public ServiceUnderTest<Program> Service { get; private set; } = null!;

    public HttpClient Client => Service.Client;

    /// <summary>Where mails go; made with the first.</summary>
    public string MailFolder { get; } = Path.Combine(Path.GetTempPath(), $"mistore-mail-{Guid.NewGuid():n}");

    public OtherServices Others { get; private set; } = null!;

    /// <summary>Until the service has all that it was told, and says so.</summary>
    public Task IsWhole() => Eventually.Passes(async () => (await Client.Get("/health")).ShouldBe(HttpStatusCode.OK));

    /// <summary>The slugs that a listing shows, in its order.</summary>
    public async Task<string[]> Slugs(string market, string query = "") =>
        [.. (await Client.Get($"/api/markets/{market}/products{query}")).ShouldBe(HttpStatusCode.OK)["items"]
            .EnumerateArray().Select(product => product.At("slug").GetString()!)];

    /// <summary>The offer of a product's only variant.</summary>
    public async Task<System.Text.Json.JsonElement> Offer(string market, string slug) =>
        (await Client.Get($"/api/markets/{market}/products/{slug}")).ShouldBe(HttpStatusCode.OK)["variants"][0].At("offer");

    /// <summary>From now on the others do not answer, and what they have said before has been heard.</summary>
    public Task OthersFallSilent() => Others.FallSilent(Markets[0], Offers[0], async version => await Ask(
        $"""
        select (select count(*) from markets where code = 'US' and version = {version})
             + (select count(*) from offers where market = 'US' and sku = 'MI-BAND-BLK' and version = {version})
        """) == 2);

    async Task<long> Ask(string question)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(question);
    }

    protected override async Task Start()
    {
        Broker = await TestBroker.Create();
        Database = await TestDatabase.Create(typeof(Program).Assembly, typeof(Work).Assembly);
        Others = await OtherServices.Play(Broker, producer => producer switch
        {
            "pricing" => [.. Markets, .. Offers],
            "checkout" => [.. Stock],
            _ => null,
        });
        Service = await new ServiceUnderTest<Program>().Using(Broker).Using(Database, "catalogdb").Using(Clock)
            .With("Mail:Folder", MailFolder)
            .With("Notices:WaveSize", $"{Wave}").With("Notices:WavePauseSeconds", $"{WavePause.TotalSeconds}")
            .Start();
        await IsWhole();
        // A test that listens for news shall not hear that of the beginning.
        await Eventually.Passes(async () => (await Ask("select count(*) from outbox")).ShouldBe(0));
    }

    protected override async Task Stop()
    {
        await Service.DisposeAsync();
        await Database.DisposeAsync();
        await Broker.DisposeAsync();
        if (Directory.Exists(MailFolder))
            Directory.Delete(MailFolder, recursive: true);
    }

    static OfferPublished Offer(string market, string sku, params OfferTerms[] schedule) => new(market, sku, 1, schedule);

    static OfferTerms Soon(DateTimeOffset from) => new(DateTimeOffset.MinValue, Upcoming, new Money(7999, "USD"), AvailableFrom: from);

    static OfferTerms Sold(long amount, string currency = "USD", int? limit = null) =>
        new(Opening, Sellable, new Money(amount, currency), LimitPerCustomer: limit);
}
