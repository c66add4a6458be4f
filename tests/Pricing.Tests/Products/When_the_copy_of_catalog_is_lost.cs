using Dapper;

namespace MiStore.Pricing.Tests.Products;

public sealed class When_the_copy_of_catalog_is_lost(PricingService pricing) : IClassFixture<PricingService>
{
    [Fact]
    public async Task It_is_asked_for_and_comes_back_without_new_offers()
    {
        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("truncate products, variants, restrictions");

        await Eventually.Passes(async () => (await connection.QuerySingleAsync<(long, long)>(
            "select (select count(*) from products), (select sum(version)::bigint from offers)")).ShouldBe((5, 20)));
    }
}
