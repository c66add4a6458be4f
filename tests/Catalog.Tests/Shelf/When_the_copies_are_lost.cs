using Dapper;

namespace MiStore.Catalog.Tests.Shelf;

public sealed class When_the_copies_are_lost(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task The_shelf_does_not_say_no_until_it_has_been_told_again()
    {
        await shop.OthersFallSilent();
        await using (var connection = await shop.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("truncate markets, offers, availability");
        await Eventually.Passes(async () => (await shop.Client.Get("/health")).ShouldBe(HttpStatusCode.ServiceUnavailable));

        (await shop.Client.Get("/api/markets/US/products")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable")
            .Headers.RetryAfter.ShouldNotBeNull();
        (await shop.Client.Get("/alive")).ShouldBe(HttpStatusCode.OK);

        shop.Others.Answer = true;
        await shop.IsWhole();
        (await shop.Slugs("US")).Length.ShouldBe(6);
        (await shop.Offer("US", "mi-band")).At("remaining").GetString().ShouldBe("many");
    }
}
