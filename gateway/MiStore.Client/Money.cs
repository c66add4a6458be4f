using System.Globalization;
using System.Text.Json.Serialization;

namespace MiStore.Client;

/// <summary>An amount as the API writes it: <c>{"amount":"14.99","currency":"USD"}</c>.</summary>
/// <param name="Amount">With the currency's own number of decimals.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record Money(string Amount, string Currency)
{
    [JsonIgnore]
    public decimal Value => decimal.Parse(Amount, CultureInfo.InvariantCulture);
}
