using System.Text.RegularExpressions;
using Dapper;
using MiStore.Messaging;

namespace MiStore.Pricing.Rates;

/// <summary>What tax a destination asks for, and whether the market's seller of record has to collect it there.</summary>
/// <param name="Name">As the buyer reads it, in the market's language.</param>
/// <param name="Rate">A fraction: 0.22 is 22 %.</param>
/// <param name="HasNexus">Whether the seller has to collect the tax there at all.</param>
/// <param name="AsOf">The day of the source.</param>
/// <param name="Source">Where the rate is written.</param>
/// <param name="Region">Of the market, such as CA; left out where the whole market has one rule.</param>
public sealed partial record Tax(string Name, decimal Rate, bool ShippingTaxed, bool HasNexus, DateOnly AsOf, string Source, string Region = "")
{
    /// <summary>One sentence per fault; none for a rule that can be.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Texts.IsText(Name, 60) || !Texts.IsText(Source, 200))
            yield return "taxes: each has a name and a source.";
        if (Rate is < 0 or >= 1)
            yield return "taxes.rate: a fraction from 0 up to, but not, 1.";
        if (Region is null || Region.Length > 0 && !RegionCode().IsMatch(Region))
            yield return "taxes.region: capital letters and digits, at most 8.";
    }

    internal static Task Add(UnitOfWork unit, string market, IEnumerable<Tax> taxes, DateTimeOffset effectiveFrom, string who) =>
        unit.Connection.ExecuteAsync(
            """
            insert into tax_rules (market, region, name, rate, shipping_taxed, has_nexus, source, as_of, effective_from, set_by)
            values (@market, @Region, @Name, @Rate, @ShippingTaxed, @HasNexus, @Source, @asOf, @effectiveFrom, @who)
            """,
            taxes.Select(tax => new
            {
                market, tax.Region, tax.Name, tax.Rate, tax.ShippingTaxed, tax.HasNexus, tax.Source,
                asOf = tax.AsOf.ToDateTime(TimeOnly.MinValue), effectiveFrom, who,
            }), unit.Transaction);

    [GeneratedRegex("^[A-Z0-9]{1,8}\\z")]
    private static partial Regex RegionCode();
}
