using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Offers;
using MiStore.Pricing.Rates;
using MiStore.ServiceDefaults;
using NodaTime;

namespace MiStore.Pricing.Markets;

/// <summary>
/// The store goes to another country: everything that a market is, in one call, and no code. What is sold there, and for
/// how much, is said with prices and batches; without a price nothing is, since nothing is ever converted. It
/// is held at its first sale until it is resumed, which takes that nothing is missing, or two operators.
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
    /// <param name="ShipsFrom">
    /// Country that parcels come from; the market's own where it is left out. No customs border may lie between: duties are
    /// not reckoned, and a buyer pays nothing after the quote.
    /// </param>
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request(
        [property: MaxLength(2)] string Code, [property: Length(1, 80)] string Name, [property: MaxLength(3)] string Currency,
        [property: MaxLength(20)] string Locale, [property: Length(1, 10)] IReadOnlyList<string> Languages,
        [property: MaxLength(64)] string TimeZone, TaxDisplay TaxDisplay, Seller Seller,
        [property: Length(1, 200)] string PostalCodePattern, ScheduleMarket.Request Calendar,
        [property: Length(1, 200)] IReadOnlyList<Tax> Taxes, [property: Length(1, 20)] IReadOnlyList<Shipment> Shipping,
        bool SafetyRequired = true, [property: MaxLength(2)] string? ShipsFrom = null, [property: MaxLength(500)] string? Why = null);

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
            MarketCode.Normalize(request.ShipsFrom ?? request.Code)!, request.SafetyRequired);
        if (ScheduleMarket.Read(request.Calendar, planned, out var fault) is not { } calendar)
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-calendar", "The calendar cannot be kept.", fault);

        // It has no prices yet, so it lacks something; what it lacks is looked at when it is resumed.
        var market = planned with { Calendar = calendar.Held(now) };
        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, market.Code) is not null)
            return Problems.Of(StatusCodes.Status409Conflict, "duplicate-market", "There is such a market already.", null, ("market", market.Code));

        if (!await IsWithinCustoms(unit, market))
            return Problems.Of(
                StatusCodes.Status400BadRequest, "invalid-market", "The market cannot be added.",
                $"shipsFrom: between {market.ShipsFrom} and {market.Code} lies a customs border, and duties are not reckoned.");

        var position = await unit.Connection.ExecuteScalarAsync<int>("select coalesce(max(position), -1) + 1 from markets", transaction: unit.Transaction);
        await MarketStore.Add(unit.Connection, market, position);
        await Tax.Add(unit, market.Code, request.Taxes, now, user.Subject());
        await Shipment.Add(unit, market.Code, request.Shipping, now, user.Subject());
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
        Must(Texts.IsText(request.Seller.Name, 120) && Texts.IsText(request.Seller.Address, 300), "seller: a name and an address.");
        Must(request.ShipsFrom is null || MarketCode.Normalize(request.ShipsFrom) is not null, "shipsFrom: an ISO 3166 country code such as IT.");
        Must(IsPattern(request.PostalCodePattern), "postalCodePattern: a regular expression.");

        var regions = request.Taxes.Select(tax => tax.Region).ToList();
        Must(regions.Distinct().Count() == regions.Count && (regions.Count == 1 || !regions.Contains("")),
            "taxes: one rule without a region, or one for each region.");
        faults.AddRange(request.Taxes.SelectMany(tax => tax.Faults()).Distinct());

        Must(request.Shipping.Select(rate => rate.Code).Distinct().Count() == request.Shipping.Count, "shipping: each code once.");
        Must(request.Shipping.All(rate => rate.Price is not null), "shipping.price: a new market's rates have one.");
        faults.AddRange(request.Shipping.SelectMany(rate => rate.Faults(request.Currency)).Distinct());
        return faults;
    }

    static Task<bool> IsWithinCustoms(UnitOfWork unit, Market market) => unit.Connection.ExecuteScalarAsync<bool>(
        """
        select @Code = @ShipsFrom or exists (
            select from customs_areas a join customs_areas b using (area) where a.country = @Code and b.country = @ShipsFrom)
        """, new { market.Code, market.ShipsFrom });

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
}
