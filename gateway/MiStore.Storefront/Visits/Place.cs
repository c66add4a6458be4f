using System.Globalization;
using MiStore.Client;

namespace MiStore.Storefront.Visits;

/// <summary>A market in one of its languages: its addresses, its words, and how money and dates are written there.</summary>
public sealed class Place
{
    const string NoBreak = "\u00A0";
    const string NarrowNoBreak = "\u202F";

    readonly CultureInfo culture;
    readonly TimeZoneInfo timeZone;

    public Place(Market market, string language)
    {
        Market = market;
        Language = language;
        Words = Words.In(language);
        culture = CultureInfo.GetCultureInfo($"{language}-{market.Code}");
        timeZone = TimeZoneInfo.FindSystemTimeZoneById(market.TimeZone);
        Home = HomeOf(market.Code, language);
    }

    public Market Market { get; }

    /// <summary>Two letters, small.</summary>
    public string Language { get; }

    public Words Words { get; }

    /// <summary>Such as /de/de/; every address of the place begins with it.</summary>
    public string Home { get; }

    public string Name => Words.Country(Market);

    public bool TaxIncluded => Market.TaxDisplay == "included";

    public string TaxLine => TaxIncluded ? Words.TaxIncludedLine : Words.TaxExcludedLine;

    public static string HomeOf(string market, string language) => $"/{market.ToLowerInvariant()}/{language}/";

    /// <summary>The wanted language where the market speaks it, else the market's own.</summary>
    public static string LanguageFor(Market market, string wanted) => market.Languages.Contains(wanted)
        ? wanted
        : market.Languages.FirstOrDefault(Words.All.ContainsKey, Languages.Fallback);

    public string Product(string slug) => $"{Home}products/{slug}";

    public string Category(string slug) => $"{Home}categories/{slug}";

    public string Cart => Home + "cart";

    public string Checkout => Home + "checkout";

    /// <summary>The waiting room of a sale that is held in turn.</summary>
    public string Sale(Guid id) => $"{Home}sales/{id}";

    /// <summary>For when everything is gone; it asks nobody.</summary>
    public string SoldOut => Home + "sold-out";

    public string Order(Guid id, string accessToken) => $"{Home}orders/{id}?key={Uri.EscapeDataString(accessToken)}";

    /// <summary>As the locale writes it: £14.99, 14,99 € (in French with a narrow space).</summary>
    public string Money(Money money)
    {
        var symbol = money.Currency switch { "EUR" => "€", "GBP" => "£", "USD" => "$", var other => other };
        var decimals = money.Amount.IndexOf('.') is var dot and >= 0 ? money.Amount.Length - dot - 1 : 0;
        var number = money.Value.ToString($"N{decimals}", culture);
        return culture.NumberFormat.CurrencyPositivePattern is 0 or 2
            ? symbol + number
            : number + (Language == "fr" ? NarrowNoBreak : NoBreak) + symbol;
    }

    public string Number(decimal number) => number.ToString("#,0.###", culture);

    /// <summary>A tax rate: "0.19" is 19 %.</summary>
    public string Percent(string rate)
    {
        var number = Number(decimal.Parse(rate, CultureInfo.InvariantCulture) * 100);
        return Language switch { "en" => number + "%", "fr" => number + NarrowNoBreak + "%", _ => number + NoBreak + "%" };
    }

    /// <summary>As it is written there: June 1, 2015; 1. Juni 2015; 1er juin 2015, the one day that French counts as the first.</summary>
    public string Date(DateOnly date) => date.ToString(
        (Language, Market.Code) switch
        {
            ("en", "US") => "MMMM d, yyyy",
            ("de", _) => "d. MMMM yyyy",
            ("fr", _) when date.Day == 1 => "d'er' MMMM yyyy",
            _ => "d MMMM yyyy",
        }, culture);

    /// <summary>The day that an instant falls on in the market.</summary>
    public string Day(DateTimeOffset instant) => Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, timeZone).DateTime));

    /// <summary>In the market's own time: 1. Juni 2015, 00:00 Uhr.</summary>
    public string Instant(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, timeZone);
        return string.Format(culture, Words.DateAndTime, Date(DateOnly.FromDateTime(local.DateTime)), local.ToString("t", culture));
    }

    /// <summary>Of the market's day: 14:05 Uhr.</summary>
    public string Time(DateTimeOffset instant) =>
        string.Format(culture, Words.TimeOfDay, TimeZoneInfo.ConvertTime(instant, timeZone).ToString("t", culture));

    /// <summary>With the city whose clock is meant, for a moment that everybody waits for.</summary>
    public string Opening(DateTimeOffset instant) =>
        string.Format(Words.LocalTime, Instant(instant), Market.TimeZone.Split('/')[^1].Replace('_', ' '));

    /// <summary>A specification's value with its unit.</summary>
    public string Value(Specification specification)
    {
        var value = specification.Value;
        return value.ValueKind switch
        {
            System.Text.Json.JsonValueKind.Number => Number(value.GetDecimal()) + (specification.Unit is { } unit
                ? NoBreak + (Words.Units.GetValueOrDefault(unit) ?? unit)
                : ""),
            System.Text.Json.JsonValueKind.True => Words.Yes,
            System.Text.Json.JsonValueKind.False => Words.No,
            _ => value.ToString(),
        };
    }
}
