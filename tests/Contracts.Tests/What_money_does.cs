using System.Text.Json;

namespace MiStore.Contracts.Tests;

public sealed class What_money_does
{
    [Theory]
    [InlineData(1499, "USD", "14.99")]
    [InlineData(5, "EUR", "0.05")]
    [InlineData(0, "GBP", "0.00")]
    [InlineData(-199, "GBP", "-1.99")]
    [InlineData(1500, "JPY", "1500")]
    [InlineData(1500, "KWD", "1.500")]
    public void It_is_written_with_the_currency_s_own_decimals(long amount, string currency, string text)
    {
        new Money(amount, currency).ToDecimalString().ShouldBe(text);
        Money.TryParse(text, currency, out var read).ShouldBeTrue();
        read.ShouldBe(new Money(amount, currency));
    }

    [Theory]
    [InlineData("14.999")]
    [InlineData("14,99")]
    [InlineData("1e3")]
    [InlineData(" 1.00")]
    [InlineData("1 000")]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("10000000000000.00")]
    [InlineData("79228162514264337593543950335")]
    public void What_is_not_an_amount_is_not_read(string? text) => Money.TryParse(text, "USD", out _).ShouldBeFalse();

    [Theory]
    [InlineData("""{"amount":14.99,"currency":"USD"}""")]
    [InlineData("""{"amount":"14.99"}""")]
    [InlineData("""{"currency":"USD"}""")]
    [InlineData("""{"amount":"14.99","currency":"DOLLAR"}""")]
    [InlineData("""{"amount":"14.99","currency":"USD","cents":1}""")]
    [InlineData("""{"amount":{},"currency":"USD"}""")]
    [InlineData("\"14.99\"")]
    [InlineData("14.99")]
    [InlineData("[]")]
    public void Json_that_is_not_money_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Money>(json));

    [Fact]
    public void Currencies_do_not_mix()
    {
        Should.Throw<InvalidOperationException>(() => new Money(1, "USD") + new Money(1, "EUR"));
        Should.Throw<InvalidOperationException>(() => new Money(1, "USD") < new Money(1, "EUR"));
    }

    [Fact]
    public void What_does_not_fit_is_an_error_and_never_a_small_number()
    {
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, "USD") + new Money(1, "USD"));
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, "USD") * 2);
    }
}
