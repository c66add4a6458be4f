namespace MiStore.Storefront.Tests;

public sealed class A_purchase_without_JavaScript(OpenStore store) : IDisposable
{
    static readonly (string, string)[] Berlin =
    [
        ("Email", "ada@example.org"), ("Name", "Ada Lovelace"), ("Line1", "Invalidenstraße 1"), ("PostalCode", "10115"), ("City", "Berlin"),
    ];

    readonly Browser browser = new(store.Stack.Url);

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task Leads_from_the_shelf_to_a_paid_order_in_German()
    {
        var review = await Review("mi-band", Someone());

        review.Text.ShouldContain("14,99\u00A0€");
        review.Text.ShouldContain("Standardversand");
        review.Text.ShouldContain("Zahlungspflichtig bestellen");
        var express = await browser.Send(review, "/checkout", ("choose", "express"));
        express.Text.ShouldContain("24,89\u00A0€");

        var order = await browser.Send(express, "/checkout/order", ("card", "tok_ok"));

        order.Address.AbsolutePath.ShouldStartWith("/de/de/orders/");
        order = await Eventually.Passes(async () =>
        {
            var paid = await browser.Open(order.Address.PathAndQuery);
            paid.Text.ShouldContain("Danke, es gehört Ihnen");
            return paid;
        });
        (await browser.Open("/de/de/cart")).Text.ShouldContain("Ihr Warenkorb ist leer.");

        var cancelled = await browser.Send(order, "/cancellation");
        cancelled.Text.ShouldMatch("Ihre Bestellung ist storniert|Sie haben Ihr Geld zurück");
    }

    [Fact]
    public async Task Makes_one_order_however_often_the_button_is_pressed()
    {
        var review = await Review("mi-headphones", Someone());

        var presses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => browser.Send(review, "/checkout/order", ("card", "tok_ok"))));
        var refreshed = await browser.Send(review, "/checkout/order", ("card", "tok_ok"));

        presses.Append(refreshed).Select(page => page.Address.AbsolutePath).Distinct().ShouldHaveSingleItem().ShouldStartWith("/de/de/orders/");
    }

    [Fact]
    public async Task Is_one_order_in_two_tabs_as_well()
    {
        var address = Someone();
        var first = await Review("mi-power-bank-5000", address);
        var second = await browser.Send(await browser.Open("/de/de/checkout"), "/checkout", address);

        (await browser.Send(first, "/checkout/order", ("card", "tok_ok"))).Address.AbsolutePath.ShouldStartWith("/de/de/orders/");
        var again = await browser.Send(second, "/checkout/order", ("card", "tok_ok"));

        again.Text.ShouldContain("Dieser Warenkorb ist schon bestellt");
    }

    [Fact]
    public async Task Explains_a_declined_card_and_keeps_what_was_typed()
    {
        // A bank that needs more than some seconds is not waited for: then the order's page says it, later, and another is made.
        var declined = await Eventually.Passes(async () =>
        {
            var answer = await browser.Send(await Review("mi-band", Someone()), "/checkout/order", ("card", "tok_insufficient_funds"));
            answer.Status.ShouldBe(402, answer.Text);
            return answer;
        });

        declined.Text.ShouldContain("Die Karte war nicht gedeckt.");
        declined.Text.ShouldContain("Invalidenstraße");
        (await browser.Send(declined, "/checkout/order", ("card", "tok_ok"))).Address.AbsolutePath.ShouldStartWith("/de/de/orders/");
    }

    [Fact]
    public async Task Explains_an_address_that_is_not_served_and_keeps_what_was_typed()
    {
        await browser.Send(await browser.Open("/de/de/products/mi-band"), "/cart/lines");

        var refused = await browser.Send(await browser.Open("/de/de/checkout"), "/checkout", [.. Berlin, ("PostalCode", "1234")]);

        refused.Status.ShouldBe(422);
        refused.Text.ShouldContain("An diese Adresse können wir nicht liefern.");
        refused.Html.ShouldContain("value=\"Ada Lovelace\"");
    }

    [Fact]
    public async Task Explains_a_limit_in_the_shopper_s_language()
    {
        var page = await browser.Open("/fr/fr/products/mi-band");

        var refused = await browser.Send(page, "/cart/lines", ("quantity", "6"));

        refused.Status.ShouldBe(409);
        refused.Text.ShouldContain("chaque client peut en acheter 5 au maximum");
    }

    [Fact]
    public async Task Takes_the_cart_along_to_another_market_only_when_asked()
    {
        await browser.Send(await browser.Open("/gb/en/products/mi-band"), "/cart/lines");

        var elsewhere = await browser.Open("/us/en/cart");
        elsewhere.Text.ShouldContain("Your cart is in another market");
        var moved = await browser.Send(elsewhere, "/cart/market");

        moved.Text.ShouldContain("instead of £");
    }

    [Fact]
    public async Task Shows_nothing_of_the_cart_to_scripts()
    {
        await browser.Send(await browser.Open("/de/de/products/mi-band"), "/cart/lines");

        browser.Cookies.GetAllCookies().ShouldAllBe(cookie => cookie.HttpOnly);
    }

    async Task<Shown> Review(string slug, (string, string)[] address)
    {
        var cart = await browser.Send(await browser.Open($"/de/de/products/{slug}"), "/cart/lines");
        cart.Address.AbsolutePath.ShouldBe("/de/de/cart");
        return await browser.Send(await browser.Open("/de/de/checkout"), "/checkout", address);
    }

    // Limits count by e-mail and by address: everybody here lives somewhere else.
    static (string, string)[] Someone()
    {
        var somebody = Guid.NewGuid().ToString("n")[..12];
        return [.. Berlin[1..], ("Email", $"{somebody}@example.org"), ("Line1", $"Invalidenstraße {somebody}")];
    }
}
