using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts;
using MiStore.Contracts.Markets;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Offers;
using MiStore.ServiceDefaults;
using NodaTime;

namespace MiStore.Pricing.Markets;

/// <summary>
/// The store goes to another country: everything that a market is, in one call, and no code. What is sold there, and for
/// how much, is said with prices and batches; without a price nothing is, since nothing is ever converted.
/// </summary>
public static partial class AddMarket
{
    /// <param name="Code">ISO 3166 country code; also the one country that the market delivers to.</param>
    /// <param name="Currency">ISO 4217 code.</param>
    /// <param name="Locale">BCP 47 tag such as it-IT.</param>
    /// <param name="Languages">Two-letter codes, 1 to 10; the first is the market's own.</param>
    /// <param name="TimeZone">IANA name.</param>
    /// <param name="PostalCodePattern">A regular expression that the whole of a deliverable postal code matches.</param>
    /// <param name="Calendar">As for a market that exists; announced now where that is left out.</param>
    /// <param name="Taxes">One rule without a region, or one for each region that is delivered to.</param>
    /// <param name="Shipping">1 to 20 ways to send a parcel, in the order in which they are shown.</param>
    /// <param name="SafetyRequired">Whether an offer there has to come with safety data.</param>
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request(
        [property: MaxLength(2)] string Code, [property: Length(1, 80)] string Name, [property: MaxLength(3)] string Currency,
        [property: MaxLength(20)] string Locale, [property: Length(1, 10)] IReadOnlyList<string> Languages,
        [property: MaxLength(64)] string TimeZone, TaxDisplay TaxDisplay, Seller Seller,
        [property: Length(1, 200)] string PostalCodePattern, ScheduleMarket.Request Calendar,
        [property: Length(1, 200)] IReadOnlyList<Tax> Taxes, [property: Length(1, 20)] IReadOnlyList<Shipment> Shipping,
        bool SafetyRequired = true, [property: MaxLength(500)] string? Why = null);

    /// <param name="Rate">A fraction: 0.22 is 22 %.</param>
    /// <param name="HasNexus">Whether the seller has to collect the tax there at all.</param>
    /// <param name="Source">Where the rate is written.</param>
    public sealed record Tax(string Name, decimal Rate, bool ShippingTaxed, bool HasNexus, DateOnly AsOf, string Source, string Region = "");

    /// <param name="Names">By language; always has en.</param>
    /// <param name="FreeFrom">The subtotal from which it costs nothing; null where it always costs.</param>
    public sealed record Shipment(
        string Code, IReadOnlyDictionary<string, string> Names, Money Price, int DaysMin, int DaysMax, Money? FreeFrom = null);

    public static void MapAddMarket(this RouteGroupBuilder admin) => admin
        .MapPost("/markets", Handle)
        .WithName(nameof(AddMarket))
        .WithSummary("Add a market, with its taxes, shipping rates and calendar")
        .WithDescription("400 invalid-market or invalid-calendar with everything that is wrong, 409 duplicate-market.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Results<Created<MarketView>, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Faults(request) is { Count: > 0 } faults)
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-market", "The market cannot be added.", string.Join(" ", faults));

        var planned = new Market(
            MarketCode.Normalize(request.Code)!, 1, request.Name, request.Currency, request.Locale, request.Languages, request.TimeZone,
            request.TaxDisplay == TaxDisplay.Included, request.Seller, request.PostalCodePattern, new MarketCalendar(now, null, now),
            request.SafetyRequired);
        if (ScheduleMarket.Read(request.Calendar, planned, out var fault) is not { } calendar)
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-calendar", "The calendar cannot be kept.", fault);

        var market = planned with { Calendar = calendar };
        await using var unit = await work.Begin(cancellation);
        await OfferPublisher.Lock(unit);
        if (await MarketStore.Find(unit.Connection, market.Code) is not null)
            return Problems.Of(StatusCodes.Status409Conflict, "duplicate-market", "There is such a market already.", null, ("market", market.Code));

        var position = await unit.Connection.ExecuteScalarAsync<int>("select coalesce(max(position), -1) + 1 from markets", transaction: unit.Transaction);
        await MarketStore.Add(unit.Connection, market, position);
        await AddTaxes(unit, market.Code, request.Taxes);
        await AddShipping(unit, market.Code, request.Shipping);
        await Change.Record(unit, now, user, nameof(AddMarket), market.Code, null, before: null, request, request.Why);
        unit.Publish(market.Changed);
        await OfferPublisher.Republish(unit, market: market.Code);

        await unit.Commit(cancellation);
        return TypedResults.Created($"/api/markets/{market.Code}", MarketView.Of(market, now));
    }

    /// <returns>One sentence per fault of everything but the calendar; none when there can be such a market.</returns>
    public static IReadOnlyList<string> Faults(Request request)
    {
        if (request.Taxes.Any(tax => tax is null) || request.Shipping.Any(rate => rate is null) || request.Languages.Any(language => language is null))
            return ["null stands where a language, tax or shipping rate is expected."];

        var faults = new List<string>();
        void Must(bool holds, string otherwise)
        {
            if (!holds)
                faults.Add(otherwise);
        }

        Must(MarketCode.Normalize(request.Code) is not null, "code: an ISO 3166 country code such as IT.");
        Must(CurrencyCode().IsMatch(request.Currency), "currency: an ISO 4217 code such as EUR.");
        Must(LocaleTag().IsMatch(request.Locale), "locale: a tag such as it-IT.");
        Must(request.Languages.All(LanguageCode().IsMatch) && request.Languages.Distinct().Count() == request.Languages.Count,
            "languages: two-letter codes, each once.");
        Must(DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) is not null, "timeZone: an IANA name such as Europe/Rome.");
        Must(IsText(request.Seller.Name, 120) && IsText(request.Seller.Address, 300), "seller: a name and an address.");
        Must(IsPattern(request.PostalCodePattern), "postalCodePattern: a regular expression.");

        var regions = request.Taxes.Select(tax => tax.Region).ToList();
        Must(regions.Distinct().Count() == regions.Count && (regions.Count == 1 || !regions.Contains("")),
            "taxes: one rule without a region, or one for each region.");
        foreach (var tax in request.Taxes)
        {
            Must(IsText(tax.Name, 60) && IsText(tax.Source, 200), "taxes: each has a name and a source.");
            Must(tax.Rate is >= 0 and < 1, "taxes.rate: a fraction from 0 up to, but not, 1.");
            Must(tax.Region.Length == 0 || RegionCode().IsMatch(tax.Region), "taxes.region: capital letters and digits, at most 8.");
        }

        Must(request.Shipping.Select(rate => rate.Code).Distinct().Count() == request.Shipping.Count, "shipping: each code once.");
        foreach (var rate in request.Shipping)
        {
            Must(ShippingCode().IsMatch(rate.Code), "shipping.code: lower-case words joined by hyphens, at most 40 characters.");
            Must(rate.Names.ContainsKey("en") && rate.Names.Values.All(name => IsText(name, 80)), "shipping.names: by language, with en among them.");
            Must(rate.Price.Currency == request.Currency && rate.Price.Amount >= 0, "shipping.price: in the market's currency, not below zero.");
            Must(rate.FreeFrom is null || rate.FreeFrom.Value is { Amount: > 0 } from && from.Currency == request.Currency,
                "shipping.freeFrom: in the market's currency, above zero.");
            Must(rate.DaysMin is >= 0 and <= 365 && rate.DaysMax >= rate.DaysMin && rate.DaysMax <= 365, "shipping: 0 ≤ daysMin ≤ daysMax ≤ 365.");
        }

        return faults;
    }

    static Task AddTaxes(UnitOfWork unit, string market, IEnumerable<Tax> taxes) => unit.Connection.ExecuteAsync(
        """
        insert into tax_rules (market, region, name, rate, shipping_taxed, has_nexus, source, as_of)
        values (@market, @Region, @Name, @Rate, @ShippingTaxed, @HasNexus, @Source, @asOf)
        """,
        taxes.Select(tax => new
        {
            market, tax.Region, tax.Name, tax.Rate, tax.ShippingTaxed, tax.HasNexus, tax.Source, asOf = tax.AsOf.ToDateTime(TimeOnly.MinValue),
        }), unit.Transaction);

    static Task AddShipping(UnitOfWork unit, string market, IEnumerable<Shipment> rates) => unit.Connection.ExecuteAsync(
        """
        insert into shipping_rates (market, code, position, names, amount, free_from, days_min, days_max, source)
        values (@market, @Code, @position, @names::jsonb, @amount, @freeFrom, @DaysMin, @DaysMax, 'operator')
        """,
        rates.Select((rate, position) => new
        {
            market, rate.Code, position, names = JsonSerializer.Serialize(rate.Names), amount = rate.Price.Amount,
            freeFrom = rate.FreeFrom?.Amount, rate.DaysMin, rate.DaysMax,
        }), unit.Transaction);

    static bool IsText(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);

    static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[A-Z]{3}\\z")]
    private static partial Regex CurrencyCode();

    [GeneratedRegex("^[a-z]{2}-[A-Z]{2}\\z")]
    private static partial Regex LocaleTag();

    [GeneratedRegex("^[a-z]{2}\\z")]
    private static partial Regex LanguageCode();

    [GeneratedRegex("^[A-Z0-9]{1,8}\\z")]
    private static partial Regex RegionCode();

    [GeneratedRegex("^(?=.{1,40}\\z)[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex ShippingCode();
}
