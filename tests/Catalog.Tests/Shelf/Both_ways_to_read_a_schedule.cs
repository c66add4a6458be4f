using MiStore.Contracts.Offers;

namespace MiStore.Catalog.Tests.Shelf;

public sealed class Both_ways_to_read_a_schedule(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task Agree_on_what_is_on_the_shelf_at_every_instant()
    {
        var random = new Random(20150601);
        var states = Enum.GetValues<OfferState>();
        for (var version = 1; version <= 40; version++)
        {
            // Two may begin at once: then the later one in the list holds.
            var offer = new OfferPublished("GB", "MI-HP-GLD", version,
            [
                .. Enumerable.Range(0, random.Next(0, 5))
                    .Select(_ => CatalogShop.Opening.AddHours(random.Next(0, 6)).ToOffset(TimeSpan.FromHours(random.Next(-8, 9))))
                    .Order()
                    .Select(from => new OfferTerms(from, states[random.Next(states.Length)])),
            ]);
            await shop.Broker.Publish(offer);
            await Eventually.True(async () =>
            {
                await using var kept = shop.Database.Source.CreateCommand(
                    $"select exists (select from offers where market = 'GB' and sku = 'MI-HP-GLD' and version = {version})");
                return (bool)(await kept.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            });

            for (var hour = -1; hour <= 6; hour++)
            {
                shop.Clock.Now = CatalogShop.Opening.AddHours(hour);
                (await shop.Slugs("GB", "?category=audio")).Length
                    .ShouldBe(offer.At(shop.Clock.Now).State == OfferState.NotOffered ? 0 : 1, $"version {version}, hour {hour}");
            }
        }
    }
}
