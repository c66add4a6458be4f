using Dapper;

namespace MiStore.Pricing.Tests.Quotes;

/// <summary>A quote is made of what is in memory as long as nothing changed, whoever changes it.</summary>
public sealed class When_terms_are_kept(PricingService pricing) : IClassFixture<PricingService>
{
    [Theory]
    [InlineData("update variants set names = '{\"de\":\"Ein Band\"}' where sku = 'MI-BAND-BLK'", "\"Ein Band\"")]
    [InlineData("update products set hs_code = '910212' where slug = 'mi-band'", "\"910212\"")]
    [InlineData("update markets set ships_from = 'NL' where code = 'DE'", "\"NL\"")]
    [InlineData("update offers set schedule = replace(schedule::text, '14.99', '3.21')::jsonb where market = 'DE'", "\"3.21\"")]
    [InlineData("insert into tax_rules (market, region, name, rate, shipping_taxed, has_nexus, source, as_of, effective_from) " +
        "values ('DE', '', 'MwSt. 7 %', 0.07, true, true, 'a test', '2015-06-01', '2015-06-01')", "\"MwSt. 7 %\"")]
    [InlineData("insert into shipping_rates (market, code, position, names, amount, days_min, days_max, source, effective_from) " +
        "values ('DE', 'bike', 9, '{\"de\":\"Rad\"}', 100, 1, 1, 'a test', '2015-06-01')", "\"Rad\"")]
    [InlineData("insert into legal_texts (market, document, version, language, title, body, effective_from, set_at, set_by) " +
        "values ('DE', 'terms', 77, 'de', 'AGB', 'Neu', '2015-06-01', '2015-06-01', 'a test')", "\"termsVersion\":77")]
    public async Task What_another_instance_changes_is_in_the_next_quote(string change, string seen)
    {
        (await Quote()).ShouldNotContain(seen);
        await Change(change);
        (await Quote()).ShouldContain(seen);
    }

    [Fact]
    public async Task What_changes_while_it_is_being_read_is_in_the_next_quote_all_the_same()
    {
        for (var round = 0; round < 30; round++)
        {
            var readers = Enumerable.Range(0, 4).Select(_ => pricing.Quote(PricingService.Cart("GB", "MI-PB-5000-SLV"))).ToList();
            await Change($"update variants set names = jsonb_build_object('en', 'Bank {round}') where sku = 'MI-PB-5000-SLV'");

            (await (await pricing.Quote(PricingService.Cart("GB", "MI-PB-5000-SLV"))).Json()).GetProperty("lines")[0].Text("name").ShouldBe($"Bank {round}");
            await Task.WhenAll(readers);
        }
    }

    [Fact]
    public async Task What_nobody_changes_is_not_read_again()
    {
        var question = new { market = "FR", lines = new[] { new { sku = "MI-HP-GLD", quantity = 1 } }, destination = new { country = "FR" }, shippingMethod = "standard" };
        (await (await pricing.Quote(question)).Json()).GetProperty("lines")[0].Text("hsCode").ShouldBe("851762");

        // Past the triggers, as nothing in the store can do it.
        await Change("set local session_replication_role = replica; update products set hs_code = '000000' where slug = 'headphones'");

        (await (await pricing.Quote(question)).Json()).GetProperty("lines")[0].Text("hsCode").ShouldBe("851762");
        await Change("update products set hs_code = '851762' where slug = 'headphones'");
    }

    async Task<string> Quote() => await (await pricing.Quote(PricingService.Cart("DE"))).Content.ReadAsStringAsync();

    async Task Change(string sql)
    {
        await using var connection = await pricing.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql, transaction: transaction);
        await transaction.CommitAsync();
    }
}
