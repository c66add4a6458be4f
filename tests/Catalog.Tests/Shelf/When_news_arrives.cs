using MiStore.Contracts;
using MiStore.Contracts.Listings;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

namespace MiStore.Catalog.Tests.Shelf;

public sealed class When_news_arrives(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task A_new_price_is_shown_and_the_caches_hear_of_it()
    {
        var heard = await shop.Broker.Listen<ListingChanged>();

        await shop.Broker.Publish(Price("FR", "MI-BAND-BLK", version: 2, cents: 1299));

        await heard.First(changed => changed == new ListingChanged("FR", "mi-band"));
        (await shop.Offer("FR", "mi-band")).At("price").ShouldBeJson("""{"amount":"12.99","currency":"EUR"}""");
    }

    [Fact]
    public async Task The_highest_version_stands_in_whatever_order_it_comes_and_only_what_changes_is_told()
    {
        var heard = await shop.Broker.Listen<ListingChanged>();
        var first = Guid.NewGuid();
        await shop.Broker.Publish(Price("GB", "MI-BAND-BLK", version: 9, cents: 900), first);
        await heard.First(changed => changed is { Market: "GB", Slug: "mi-band" });

        var late = new[] { 3, 8, 9, 1 }.Select(version => (Version: version, Id: Guid.NewGuid())).ToList();
        foreach (var (version, id) in late)
            await shop.Broker.Publish(Price("GB", "MI-BAND-BLK", version, cents: version), id);
        await shop.Broker.Publish(Price("GB", "MI-BAND-BLK", version: 9, cents: 900), first);
        await Eventually.True(async () => await Handled(late.Select(message => message.Id)) == late.Count);
        await shop.Broker.Publish(Price("GB", "MI-HP-GLD", version: 1, cents: 100));
        await heard.First(changed => changed is { Market: "GB", Slug: "mi-headphones" });

        (await shop.Offer("GB", "mi-band")).At("price").At("amount").GetString().ShouldBe("9.00");
        heard.Messages.Count(changed => changed is { Market: "GB", Slug: "mi-band" }).ShouldBe(1);

        async Task<long> Handled(IEnumerable<Guid> messages)
        {
            await using var count = shop.Database.Source.CreateCommand("select count(*) from inbox where message_id = any($1)");
            count.Parameters.AddWithValue(messages.ToArray());
            return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }
    }

    [Fact]
    public async Task Stock_that_runs_out_is_shown_and_told()
    {
        var heard = await shop.Broker.Listen<ListingChanged>();

        await shop.Broker.Publish(new AvailabilityChanged("DE", "MI-BAND-BLK", 2, [new(CatalogShop.Opening, null, Remaining.None)]));
        await heard.First(changed => changed == new ListingChanged("DE", "mi-band"));
        (await shop.Offer("DE", "mi-band")).At("state").GetString().ShouldBe("sold-out");

        await shop.Broker.Publish(new AvailabilityChanged("DE", "MI-BAND-BLK", 1, [new(CatalogShop.Opening, null, Remaining.Many)]));
        await shop.Broker.Publish(new AvailabilityChanged("DE", "MI-BAND-BLK", 3, [new(CatalogShop.Opening, null, Remaining.Few)]));
        await Eventually.Passes(async () => (await shop.Offer("DE", "mi-band")).At("remaining").GetString().ShouldBe("few"));
    }

    [Fact]
    public async Task A_market_that_did_not_exist_has_a_shelf()
    {
        var heard = await shop.Broker.Listen<ListingChanged>();
        (await shop.Client.Get("/api/markets/AT/products")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-market");

        await shop.Broker.Publish(new MarketChanged("AT", 1, "Österreich", "EUR", "de-AT", ["de"]));
        await heard.First(changed => changed == new ListingChanged("AT", null));

        (await shop.Slugs("AT")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_offer_of_a_product_that_we_do_not_have_yet_waits_for_it()
    {
        await shop.Broker.Publish(Price("US", "NEXT-YEAR", version: 1, cents: 100));
        await Eventually.True(async () =>
        {
            await using var kept = shop.Database.Source.CreateCommand("select exists (select from offers where sku = 'NEXT-YEAR')");
            return (bool)(await kept.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        });
        (await shop.Client.Get("/api/markets/US/products")).ShouldBe(HttpStatusCode.OK);
    }

    static OfferPublished Price(string market, string sku, long version, long cents) =>
        new(market, sku, version, [new(CatalogShop.Opening, OfferState.Sellable, new Money(cents, market == "GB" ? "GBP" : "EUR"))]);
}
