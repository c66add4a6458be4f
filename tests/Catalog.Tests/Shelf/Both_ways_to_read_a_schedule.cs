using System.Text.Json;
using Dapper;
using MiStore.Contracts.Offers;

namespace MiStore.Catalog.Tests.Shelf;

public sealed class Both_ways_to_read_a_schedule(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task Agree_on_the_state_at_every_instant()
    {
        await using var connection = await shop.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var random = new Random(20150601);
        var states = Enum.GetValues<OfferState>();
        for (var round = 0; round < 200; round++)
        {
            // Two may begin at once: then the later one in the list holds.
            var schedule = Enumerable.Range(0, random.Next(0, 5))
                .Select(_ => CatalogShop.Opening.AddHours(random.Next(0, 6)).ToOffset(TimeSpan.FromHours(random.Next(-8, 9))))
                .Order()
                .Select(from => new OfferTerms(from, states[random.Next(states.Length)]))
                .ToList();
            var now = CatalogShop.Opening.AddHours(random.Next(-1, 8));

            var inSql = await connection.ExecuteScalarAsync<string?>(
                "select state_at(@schedule::jsonb, @now)", new { schedule = JsonSerializer.Serialize(schedule), now });

            var inCode = new OfferPublished("US", "MI-BAND-BLK", 1, schedule).At(now).State;
            JsonSerializer.Deserialize<OfferState>($"\"{inSql ?? "not-offered"}\"").ShouldBe(inCode, $"round {round}");
        }
    }
}
