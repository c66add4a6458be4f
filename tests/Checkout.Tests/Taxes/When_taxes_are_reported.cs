using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Contracts;
using MiStore.Contracts.Quotes;

namespace MiStore.Checkout.Tests.Taxes;

public sealed class When_taxes_are_reported(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    [Fact]
    public async Task They_are_the_sum_of_the_tax_lines_of_what_was_paid_less_what_was_refunded()
    {
        var sku = await shop.OnSale(100);
        var june = AnOrder.Noon;
        var california = Quote(sku, "CA", new TaxLine("CA sales tax", "0.0725", Dollar(1499), Dollar(109)));
        var texas = Quote(sku, "TX", new TaxLine("TX sales tax", "0.0625", Dollar(1998), Dollar(125)));

        var cancelled = await Paid(california);
        await Paid(california);
        await Paid(texas);
        await Paid(Quote(sku, "OR"));
        var declined = await shop.PlaceWell(shop.Body(sku, token: "tok_declined", quote: california));
        await shop.Becomes(declined, "rejected");

        // Taken back in July: June stays as it was declared.
        shop.Clock.Now = june.AddDays(30);
        await shop.Ask(HttpMethod.Post, cancelled, "/cancellation");
        await shop.Becomes(cancelled, "refunded");

        var first = await Report(june.AddHours(-1), june.AddDays(1));
        Lines(first).ShouldBe(
        [
            ("CA", "CA sales tax", "0.0725", 2, "29.98", "2.18", 0, "2.18"),
            ("OR", null, null, 1, "14.99", "0.00", 0, "0.00"),
            ("TX", "TX sales tax", "0.0625", 1, "19.98", "1.25", 0, "1.25"),
        ]);
        first.GetProperty("tax").GetProperty("amount").GetString().ShouldBe("3.43");

        var second = await Report(june.AddDays(29), june.AddDays(31));
        Lines(second).ShouldBe([("CA", "CA sales tax", "0.0725", 0, "0.00", "0.00", 1, "-1.09")]);
        (await Report(june.AddHours(-1), june.AddDays(31))).GetProperty("tax").GetProperty("amount").GetString().ShouldBe("2.34");
    }

    [Theory]
    [InlineData("market=US&from=2015-06-01T00:00:00Z&to=2015-06-01T00:00:00Z", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("market=US&from=2015-06-01T00:00:00Z&to=2017-06-01T00:00:00Z", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("market=US&from=yesterday&to=2015-06-01T00:00:00Z", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("market=US", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("market=XX&from=2015-06-01T00:00:00Z&to=2015-07-01T00:00:00Z", HttpStatusCode.NotFound, "unknown-market")]
    public async Task What_cannot_be_reported_is_refused(string query, HttpStatusCode status, string code)
    {
        using var answer = await shop.As("store-operator").GetAsync($"/api/admin/tax-report?{query}");
        answer.StatusCode.ShouldBe(status);
        (await CheckoutShop.CodeOf(answer)).ShouldBe(code);
    }

    [Fact]
    public async Task Only_operators_may_read_it() => (await shop.As("customer").GetAsync(
        "/api/admin/tax-report?market=US&from=2015-06-01T00:00:00Z&to=2015-07-01T00:00:00Z")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    async Task<Placed> Paid(Quote quote)
    {
        var order = await shop.PlaceWell(shop.Body("", quote: quote with { Id = Guid.NewGuid() }, region: quote.Destination.Region!));
        await shop.Becomes(order, "paid");
        return order;
    }

    Quote Quote(string sku, string region, TaxLine? tax = null)
    {
        var quote = AnOrder.AQuote(sku, 1, expiresAt: shop.Clock.Now.AddMinutes(15), destination: new Destination("US", region, "95814"));
        return tax is null ? quote : quote with { TaxLines = [tax], Tax = tax.Amount, Total = quote.Total + tax.Amount };
    }

    async Task<JsonElement> Report(DateTimeOffset from, DateTimeOffset to) => await shop.As("store-operator").GetFromJsonAsync<JsonElement>(
        $"/api/admin/tax-report?market=us&from={from:yyyy-MM-ddTHH:mm:ssZ}&to={to:yyyy-MM-ddTHH:mm:ssZ}");

    static IEnumerable<(string?, string?, string?, int, string?, string?, int, string?)> Lines(JsonElement report) => report.GetProperty("lines")
        .EnumerateArray().Select(line => (
            line.GetProperty("region").GetString(), line.GetProperty("name").GetString(), line.GetProperty("rate").GetString(),
            line.GetProperty("sales").GetProperty("orders").GetInt32(), Amount(line.GetProperty("sales").GetProperty("base")),
            Amount(line.GetProperty("sales").GetProperty("tax")), line.GetProperty("refunds").GetProperty("orders").GetInt32(),
            Amount(line.GetProperty("tax"))));

    static string? Amount(JsonElement money) => money.GetProperty("amount").GetString();

    static Money Dollar(long cents) => new(cents, "USD");
}
