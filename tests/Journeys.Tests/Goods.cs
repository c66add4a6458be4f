namespace MiStore.Journeys.Tests;

/// <summary>The opening range, from the article of May 2015: four accessories for sale, a phone and a tablet held back.</summary>
public static class Goods
{
    public const string Band = "MI-BAND-BLK";
    public const string PowerBank5000 = "MI-PB-5000-SLV";
    public const string PowerBank10500 = "MI-PB-10500-SLV";
    public const string Headphones = "MI-HP-GLD";
    public const string Phone = "MI-4-WHT-16";
    public const string Tablet = "MI-PAD-WHT-16";

    public static readonly string[] ForSale = [Band, PowerBank5000, PowerBank10500, Headphones];

    public static string CurrencyOf(string market) => market switch { "US" => "USD", "GB" => "GBP", _ => "EUR" };
}
