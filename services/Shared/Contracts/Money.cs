using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiStore.Contracts;

/// <summary>An amount of money: a whole number of the currency's smallest unit (cents, pence), and its currency.</summary>
/// <param name="Amount">In the smallest unit: 1499 is 14.99 USD.</param>
/// <param name="Currency">ISO 4217 code, upper case.</param>
[JsonConverter(typeof(MoneyJson))]
public readonly record struct Money(long Amount, string Currency) : IComparable<Money>
{
    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money a, Money b) => new(checked(a.Amount + b.SameCurrency(a).Amount), a.Currency);
    public static Money operator -(Money a, Money b) => new(checked(a.Amount - b.SameCurrency(a).Amount), a.Currency);
    public static Money operator *(Money a, int times) => new(checked(a.Amount * times), a.Currency);
    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;
    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;
    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public int CompareTo(Money other) => Amount.CompareTo(other.SameCurrency(this).Amount);

    /// <summary>How many decimals the currency is written with (ISO 4217); two where we know no better.</summary>
    public static int DecimalsOf(string currency) => currency switch
    {
        "JPY" or "KRW" or "VND" or "CLP" or "ISK" => 0,
        "BHD" or "JOD" or "KWD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>As clients read it: 1499 USD is "14.99".</summary>
    public string ToDecimalString()
    {
        var decimals = DecimalsOf(Currency);
        var value = new decimal(Amount) / Power(decimals);
        return value.ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads "14.99" as 1499 USD. Refuses more decimals than the currency has.</summary>
    public static bool TryParse(string? text, string currency, [NotNullWhen(true)] out Money? money)
    {
        money = null;
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var value))
            return false;

        // Bounded before scaling, so that no input can overflow.
        if (Math.Abs(value) > 1_000_000_000_000m || value * Power(DecimalsOf(currency)) is var scaled && scaled != decimal.Truncate(scaled))
            return false;

        money = new Money((long)scaled, currency);
        return true;
    }

    public override string ToString() => $"{ToDecimalString()} {Currency}";

    static decimal Power(int decimals) => decimals switch { 0 => 1m, 2 => 100m, _ => 1000m };

    Money SameCurrency(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency} and {other.Currency} do not mix: prices are never converted.");
}

/// <summary>Money in JSON, on the web and on the bus: <c>{"amount":"14.99","currency":"USD"}</c>.</summary>
public sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Money is an object of amount and currency.");

        string? amount = null, currency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException("Amount and currency are strings.");

            if (name == "amount") amount = reader.GetString();
            else if (name == "currency") currency = reader.GetString();
            else throw new JsonException($"Money has no member '{name}'.");
        }

        if (currency is not { Length: 3 } || !Money.TryParse(amount, currency, out var money))
            throw new JsonException("Money needs an amount such as \"14.99\" and a currency such as \"USD\".");

        return money.Value;
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount", value.ToDecimalString());
        writer.WriteString("currency", value.Currency);
        writer.WriteEndObject();
    }
}
