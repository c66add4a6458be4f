using System.Text.Json;
using MiStore.Pricing.Quotes;

namespace MiStore.Pricing.Tests.Quotes;

/// <summary>The tax rules that the shop begins with, of all four markets.</summary>
static class SeededTaxes
{
    public static readonly IReadOnlyList<(string Market, string Currency, TaxRule Rule)> All = Read();

    public static TaxRule Of(string market, string region = "") => All.Single(tax => tax.Market == market && tax.Rule.Region == region).Rule;

    public static bool AreIncluded(string market) => market != "US";

    static List<(string, string, TaxRule)> Read()
    {
        using var file = typeof(TaxRule).Assembly.GetManifestResourceStream("MiStore.Pricing.Seed.taxes.json")!;
        return
        [
            .. from list in JsonDocument.Parse(file).RootElement.EnumerateArray()
               let market = list.GetProperty("market").GetString()!
               from rule in list.GetProperty("rules").EnumerateArray()
               select (market, market switch { "US" => "USD", "GB" => "GBP", _ => "EUR" }, new TaxRule(
                   rule.TryGetProperty("region", out var region) ? region.GetString()! : "", rule.GetProperty("name").GetString()!,
                   rule.GetProperty("rate").GetDecimal(), rule.GetProperty("shippingTaxed").GetBoolean(), rule.GetProperty("hasNexus").GetBoolean())),
        ];
    }
}
