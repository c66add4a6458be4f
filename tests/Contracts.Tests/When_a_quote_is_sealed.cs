using System.Text.Json;
using MassTransit.Serialization;
using MiStore.Contracts.Quotes;

namespace MiStore.Contracts.Tests;

public sealed class When_a_quote_is_sealed
{
    static readonly QuoteSignature Signature = new("a-key-that-only-pricing-and-checkout-hold");
    static readonly Quote Quote = JsonSerializer.Deserialize<Quote>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "Quote.json")), SystemTextJsonMessageSerializer.Options)!;
    static readonly string Sealed = Signature.Seal(Quote);

    [Fact]
    public void It_opens_as_it_was() =>
        JsonSerializer.Serialize(Signature.Open(Sealed)).ShouldBe(JsonSerializer.Serialize(Quote));

    [Fact]
    public void A_character_changed_anywhere_is_refused()
    {
        for (var at = 0; at < Sealed.Length; at++)
            foreach (var other in "ABYZabyz0189-_.=+/ \0é")
                if (Sealed[at] != other)
                    Signature.Open(Sealed[..at] + other + Sealed[(at + 1)..]).ShouldBeNull($"'{other}' at {at} of {Sealed.Length}");
    }

    [Fact]
    public void A_character_missing_or_more_is_refused()
    {
        for (var at = 0; at < Sealed.Length; at++)
            Signature.Open(Sealed.Remove(at, 1)).ShouldBeNull();

        Signature.Open(Sealed + "A").ShouldBeNull();
        Signature.Open(Sealed + "=").ShouldBeNull();
        Signature.Open(Sealed + " ").ShouldBeNull();
        Signature.Open(" " + Sealed).ShouldBeNull();
        Signature.Open(Sealed + "." + Sealed).ShouldBeNull();
    }

    [Fact]
    public void Another_key_does_not_open_it() => new QuoteSignature("another-key").Open(Sealed).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("e30")]
    [InlineData("e30.")]
    [InlineData("e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\0.\0")]
    public void What_nobody_sealed_is_refused(string text) => Signature.Open(text).ShouldBeNull();

    [Fact]
    public void What_is_too_long_is_not_even_read() => Signature.Open(new string('A', QuoteSignature.MaxLength) + Sealed).ShouldBeNull();
}
