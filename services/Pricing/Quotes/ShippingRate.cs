using MiStore.Contracts;

namespace MiStore.Pricing.Quotes;

/// <summary>One way to send a parcel within a market.</summary>
/// <param name="Names">By language; always has en.</param>
/// <param name="FreeFrom">The subtotal from which it costs nothing; null where it always costs.</param>
/// <param name="DaysMin">Working days until it arrives, at the least.</param>
/// <param name="DaysMax">Working days until it arrives, at the most.</param>
public sealed record ShippingRate(
    string Code, IReadOnlyDictionary<string, string> Names, Money Price, Money? FreeFrom, int DaysMin, int DaysMax)
{
    public Money PriceFor(Money subtotal) => FreeFrom is { } from && subtotal >= from ? Money.Zero(Price.Currency) : Price;

    public string NameIn(string language) => Names.TryGetValue(language, out var name) ? name : Names["en"];
}
