using MiStore.Contracts;
using MiStore.Contracts.Offers;

namespace MiStore.Cart.Tests.Carts;

/// <summary>The code is for programs and never changes; the message is for the shopper, and in their language.</summary>
public sealed class When_a_problem_is_told(CartShop shop) : IClassFixture<CartShop>
{
    [Theory]
    [InlineData("", null, "One customer may buy at most 5 of this product.")]
    [InlineData("", "fr-CA, de;q=0.5", "Chaque client peut acheter au maximum 5 exemplaire(s) de ce produit.")]
    [InlineData("", "tlh, de;q=0.7, fr;q=0.1", "Von diesem Produkt sind höchstens 5 je Kundin oder Kunde möglich.")]
    [InlineData("?language=de", "fr", "Von diesem Produkt sind höchstens 5 je Kundin oder Kunde möglich.")]
    [InlineData("?language=tlh", "fr", "One customer may buy at most 5 of this product.")]
    public async Task It_is_in_the_shopper_s_language(string query, string? accepted, string message)
    {
        var cart = await shop.OpenCart("US");
        var refusal = (await shop.Client.Ask(
            HttpMethod.Put, $"/api/carts/{cart}/lines/MI-BAND{query}", new { quantity = 6 }, accepted is null ? [] : [("Accept-Language", accepted)]))
            .ShouldBeProblem(HttpStatusCode.Conflict, "limit-exceeded");

        refusal["message"].GetString().ShouldBe(message);
        refusal["sku"].GetString().ShouldBe("MI-BAND");
        refusal["allowedQuantity"].GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task A_line_that_cannot_be_ordered_says_why_and_how_many_could()
    {
        var cart = await shop.OpenCart("DE", ("PB-5000", 4));
        await shop.Broker.Publish(new OfferPublished(
            "DE", "PB-5000", 2, [new(DateTimeOffset.UnixEpoch, OfferState.Sellable, new Money(999, "EUR"), LimitPerCustomer: 2)]));

        var line = await Eventually.Passes(async () =>
        {
            var line = (await shop.Client.Get($"/api/carts/{cart}")).ShouldBe(HttpStatusCode.OK)["lines"][0];
            line.At("problem").GetString().ShouldBe("limit-exceeded");
            return line;
        });
        line.At("allowedQuantity").GetInt32().ShouldBe(2);
        line.At("message").GetString().ShouldBe("Von diesem Produkt sind höchstens 2 je Kundin oder Kunde möglich.");
        (await shop.Client.Get($"/api/carts/{cart}?language=en"))["lines"][0].At("message").GetString().ShouldBe("One customer may buy at most 2 of this product.");
    }
}
