using Dapper;

namespace MiStore.Catalog.Tests.Seed;

public sealed class The_opening_range(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Fact]
    public async Task Has_the_products_of_the_announcement_and_two_that_are_held_back()
    {
        await using var connection = await shop.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QueryAsync<string>("select product || ' ' || sku from variants join products on slug = product order by products.position"))
            .ShouldBe(
            [
                "mi-band MI-BAND-BLK", "mi-power-bank-5000 MI-PB-5000-SLV", "mi-power-bank-10500 MI-PB-10500-SLV",
                "mi-headphones MI-HP-GLD", "mi-4 MI-4-WHT-16", "mi-pad MI-PAD-WHT-16",
            ]);
    }

    [Fact]
    public async Task Is_told_in_three_languages()
    {
        await using var connection = await shop.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.ExecuteScalarAsync<long>("select count(*) from product_texts where language in ('en', 'de', 'fr')")).ShouldBe(18);
        (await connection.ExecuteScalarAsync<long>(
            """
            select count(*) from (
                select names from variants union all
                select names from categories union all
                select texts from restrictions union all
                select image -> 'alts' from products, jsonb_array_elements(images) as image union all
                select specification -> 'labels' from products, jsonb_array_elements(specifications) as specification union all
                select specification -> 'text' from products, jsonb_array_elements(specifications) as specification where specification ->> 'text' is not null
            ) as texts (by_language)
            where not by_language ?& '{en,de,fr}'
            """)).ShouldBe(0);
    }

    [Fact]
    public async Task Comes_into_an_empty_database_only()
    {
        await using var again = await new ServiceUnderTest<Program>().Using(shop.Broker).Using(shop.Database, "catalogdb").Using(shop.Clock).Start();

        await using var connection = await shop.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.ExecuteScalarAsync<long>("select count(*) from changes where who = 'seed'")).ShouldBe(6);
        (await connection.ExecuteScalarAsync<long>("select sum(version) from products")).ShouldBe(6);
    }
}
