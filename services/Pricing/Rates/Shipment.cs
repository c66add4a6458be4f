using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using MiStore.Contracts;
using MiStore.Messaging;

namespace MiStore.Pricing.Rates;

/// <summary>One way to send a parcel within a market, and what it costs.</summary>
/// <param name="Code">Lower-case words joined by hyphens, at most 40 characters.</param>
/// <param name="Names">By language; always has en.</param>
/// <param name="Price">In the market's currency, with or without tax as the market shows it; null: not offered any more.</param>
/// <param name="DaysMin">Working days until it arrives, at the least.</param>
/// <param name="DaysMax">At the most, up to 365.</param>
/// <param name="FreeFrom">The subtotal from which it costs nothing; null where it always costs.</param>
public sealed partial record Shipment(
    string Code, IReadOnlyDictionary<string, string> Names, Money? Price, int DaysMin, int DaysMax, Money? FreeFrom = null)
{
    /// <summary>One sentence per fault; none for a rate that can be.</summary>
    public IEnumerable<string> Faults(string currency)
    {
        if (!ShippingCode().IsMatch(Code))
            yield return "shipping.code: lower-case words joined by hyphens, at most 40 characters.";
        if (!Names.ContainsKey("en") || !Names.Values.All(name => Texts.IsText(name, 80)))
            yield return "shipping.names: by language, with en among them.";
        if (Price is { } price && (price.Currency != currency || price.Amount < 0))
            yield return "shipping.price: in the market's currency, not below zero.";
        if (FreeFrom is { } from && (from.Currency != currency || from.Amount <= 0))
            yield return "shipping.freeFrom: in the market's currency, above zero.";
        if (DaysMin < 0 || DaysMax < DaysMin || DaysMax > 365)
            yield return "shipping: 0 ≤ daysMin ≤ daysMax ≤ 365.";
    }

    /// <summary>A method that the market has keeps its place among the others; a new one is the last.</summary>
    internal static async Task Add(UnitOfWork unit, string market, IEnumerable<Shipment> shipments, DateTimeOffset effectiveFrom, string who)
    {
        foreach (var shipment in shipments)
            await unit.Connection.ExecuteAsync(
                """
                insert into shipping_rates (market, code, position, names, amount, free_from, days_min, days_max, source, effective_from, set_by)
                select @market, @Code,
                    coalesce(max(position) filter (where code = @Code), max(position) + 1, 0),
                    @names::jsonb, @amount, @freeFrom, @DaysMin, @DaysMax, 'operator', @effectiveFrom, @who
                from shipping_rates where market = @market
                """,
                new
                {
                    market, shipment.Code, names = JsonSerializer.Serialize(shipment.Names), amount = shipment.Price?.Amount,
                    freeFrom = shipment.FreeFrom?.Amount, shipment.DaysMin, shipment.DaysMax, effectiveFrom, who,
                }, unit.Transaction);
    }

    [GeneratedRegex("^(?=.{1,40}\\z)[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex ShippingCode();
}
