using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using MiStore.Contracts;
using MiStore.Messaging;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using MiStore.Pricing.PriceLists;

namespace MiStore.Pricing.Seed;

/// <summary>
/// What the shop begins with, from the JSON files beside this one. Loaded once, into an empty database, as one unit of
/// work; from then on the database is the truth.
/// </summary>
static class SeedData
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static async Task Seed(this WebApplication app)
    {
        await using var unit = await app.Services.GetRequiredService<Work>().Begin(CancellationToken.None);
        // Several instances may start at once; one seeds, the others wait and find it done.
        await OfferPublisher.Lock(unit);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var markets = Read<MarketSeed[]>("markets").Select(seed => seed.Market).ToList();
        if (await unit.Connection.ExecuteScalarAsync<bool>("select exists (select from markets)"))
        {
            // A store that was seeded before there were legal texts gets them, once.
            await SeedLegalTexts.Add(unit, markets, now);
            await unit.Commit();
            return;
        }

        foreach (var (market, position) in markets.Select((market, i) => (market, i)))
        {
            await MarketStore.Add(unit.Connection, market, position);
            unit.Publish(market.Changed);
        }

        await Prices(unit, markets.ToDictionary(market => market.Code), now);
        await Limits(unit);
        await Taxes(unit);
        await Shipping(unit, markets.ToDictionary(market => market.Code));
        await SeedLegalTexts.Add(unit, markets, now);
        await unit.Commit();
    }

    static async Task Prices(UnitOfWork unit, Dictionary<string, Market> markets, DateTimeOffset now)
    {
        foreach (var list in Read<PriceSeed[]>("prices"))
            foreach (var (sku, price) in list.Prices)
            {
                var market = markets[list.Market];
                var start = new PriceStart(Instant(list.EffectiveFrom, market.TimeZone), Amount(price, market.Currency));
                await SetPrice.Add(unit, market.Code, sku, start, now, "seed", list.Source);
            }
    }

    static Task Limits(UnitOfWork unit) => unit.Connection.ExecuteAsync(
        "insert into purchase_limits (market, per_customer, phase) values (@Market, @PerCustomer, @From)", Read<LimitSeed[]>("limits"));

    static Task Taxes(UnitOfWork unit) => unit.Connection.ExecuteAsync(
        """
        insert into tax_rules (market, region, name, rate, shipping_taxed, has_nexus, source, as_of)
        values (@Market, @Region, @Name, @Rate, @ShippingTaxed, @HasNexus, @Source, @AsOf)
        """,
        from list in Read<TaxSeed[]>("taxes")
        from rule in list.Rules
        select new
        {
            list.Market, rule.Region, rule.Name, rule.Rate, rule.ShippingTaxed, rule.HasNexus, list.Source,
            AsOf = list.AsOf.ToDateTime(TimeOnly.MinValue),
        });

    static Task Shipping(UnitOfWork unit, Dictionary<string, Market> markets) => unit.Connection.ExecuteAsync(
        """
        insert into shipping_rates (market, code, position, names, amount, free_from, days_min, days_max, source)
        values (@Market, @Code, @position, @Names::jsonb, @Amount, @FreeFrom, @DaysMin, @DaysMax, @Source)
        """,
        Read<ShippingSeed[]>("shipping").Select((rate, position) => new
        {
            rate.Market, rate.Code, position, Names = JsonSerializer.Serialize(rate.Names),
            Amount(rate.Price, markets[rate.Market].Currency).Amount,
            FreeFrom = rate.FreeFrom is { } from ? Amount(from, markets[rate.Market].Currency).Amount : (long?)null,
            rate.DaysMin, rate.DaysMax, rate.Source,
        }));

    static T Read<T>(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"MiStore.Pricing.Seed.{name}.json")!;
        return JsonSerializer.Deserialize<T>(file, Json)!;
    }

    static DateTimeOffset Instant(string text, string timeZone) =>
        LocalTime.TryRead(text, timeZone, out var instant, out var fault) ? instant : throw new InvalidDataException(fault);

    static Money Amount(string text, string currency) =>
        Money.TryParse(text, currency, out var money) ? money.Value : throw new InvalidDataException($"{text} is no amount of {currency}.");

    /// <summary>Times are wall times of the market, as it advertises them.</summary>
    sealed record MarketSeed(
        string Code, string Name, string Currency, string Locale, string[] Languages, string TimeZone, TaxDisplay TaxDisplay,
        Seller Seller, string PostalCodePattern, CalendarSeed Calendar, string ShipsFrom, string Source, bool SafetyRequired = true)
    {
        public Market Market => new(
            Code, 1, Name, Currency, Locale, Languages, TimeZone, TaxDisplay == TaxDisplay.Included, Seller, PostalCodePattern,
            new MarketCalendar(
                Instant(Calendar.AnnouncedFrom, TimeZone),
                new TestSale(Instant(Calendar.TestFrom, TimeZone), Instant(Calendar.TestUntil, TimeZone)),
                Instant(Calendar.OpensAt, TimeZone)),
            ShipsFrom, SafetyRequired);
    }

    sealed record CalendarSeed(string AnnouncedFrom, string TestFrom, string TestUntil, string OpensAt);

    sealed record PriceSeed(string Market, string EffectiveFrom, Dictionary<string, string> Prices, string Source);

    sealed record LimitSeed(string Market, string From, int PerCustomer, string Source);

    sealed record TaxSeed(string Market, string Source, DateOnly AsOf, RuleSeed[] Rules);

    sealed record RuleSeed(string Name, decimal Rate, bool ShippingTaxed, bool HasNexus, string Region = "");

    sealed record ShippingSeed(
        string Market, string Code, Dictionary<string, string> Names, string Price, string? FreeFrom, int DaysMin, int DaysMax, string Source);
}
