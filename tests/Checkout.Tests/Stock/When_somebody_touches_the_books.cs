using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace MiStore.Checkout.Tests.Stock;

public sealed class When_somebody_touches_the_books(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    [Theory]
    [InlineData("update stock_entries set units = units + 1")]
    [InlineData("delete from stock_entries")]
    [InlineData("truncate stock_entries")]
    public async Task The_ledger_refuses(string sql)
    {
        await shop.OnSale(units: 1);
        await using var connection = await shop.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(sql));
        refusal.MessageText.ShouldContain("append-only");
    }

    /// <summary>In the role in which the service works, which owns nothing.</summary>
    [Theory]
    [InlineData("update stock_entries set units = units + 1")]
    [InlineData("delete from stock_entries")]
    [InlineData("truncate stock_entries")]
    [InlineData("update changes set who = 'nobody'")]
    [InlineData("delete from orders")]
    [InlineData("delete from batches")]
    [InlineData("alter table stock_entries disable trigger all")]
    [InlineData("drop table stock_entries")]
    [InlineData("create table mine (id int)")]
    public async Task The_service_itself_may_not(string sql)
    {
        await using var connection = await shop.Service<NpgsqlDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(sql));
        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task An_entry_of_no_batch_is_refused()
    {
        await using var connection = await shop.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(
            """
            insert into stock_entries (at, batch_id, movement, from_account, to_account, units)
            values ('2015-06-01', gen_random_uuid(), 'released', 'supply', 'available', 1)
            """));
        refusal.SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation);
    }

    [Fact]
    public async Task A_batch_is_for_ever()
    {
        var sku = await shop.OnSale(units: 1);
        await using var connection = await shop.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync("delete from batches where sku = @sku", new { sku }));
        refusal.MessageText.ShouldContain("for ever");
    }

    [Fact]
    public async Task The_audit_finds_one_unit_that_was_moved_past_the_ledger()
    {
        var sku = await shop.OnSale(units: 5);
        await shop.BooksBalance();

        await using var connection = await shop.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("update batches set available = available - 1, sold = sold + 1 where sku = @sku", new { sku });
        var audit = await shop.Admin.GetFromJsonAsync<JsonElement>("/api/admin/audit");
        audit.GetProperty("clean").GetBoolean().ShouldBeFalse();
        audit.GetProperty("differences")[0].GetString()!.ShouldContain(sku);

        await connection.ExecuteAsync("update batches set available = available + 1, sold = sold - 1 where sku = @sku", new { sku });
        await shop.BooksBalance();
    }

    [Fact]
    public async Task What_is_left_of_a_batch_can_be_withdrawn_and_no_more()
    {
        var sku = await shop.OnSale(units: 5);
        await shop.Becomes(await shop.PlaceWell(shop.Body(sku, units: 2)), "paid");
        var batches = (await shop.Admin.GetFromJsonAsync<JsonElement>("/api/admin/batches")).GetProperty("batches").EnumerateArray();
        var id = batches.Single(batch => batch.GetProperty("sku").GetString() == sku).GetProperty("id").GetGuid();

        for (var time = 0; time < 2; time++)
            (await shop.Admin.PostAsync($"/api/admin/batches/{id}/withdrawal", null)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await shop.Stock(sku)).ShouldBe((0, 0, 2));
        await shop.BooksBalance();
    }

    [Fact]
    public async Task News_of_what_is_left_is_newest_when_it_knows_all_batches_however_busy_the_lane()
    {
        var sku = await shop.OnSale(units: 500);
        using var done = new CancellationTokenSource();
        var buying = Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!done.IsCancellationRequested)
                (await shop.Place(shop.Body(sku))).Dispose();
        }));

        for (var batch = 0; batch < 10; batch++)
            (await shop.Admin.PostAsJsonAsync("/api/admin/batches", new { market = "US", sku, quantity = 20, opensAt = shop.Clock.Now.AddHours(-1) }))
                .StatusCode.ShouldBe(HttpStatusCode.Created);
        await done.CancelAsync();
        await buying;

        await Eventually.True(() =>
            shop.Availability.Messages.Where(news => news.Sku == sku).MaxBy(news => news.Version)?.Batches.Count == 11);
    }

    [Fact]
    public async Task Only_an_operator_may()
    {
        (await shop.Client.GetAsync("/api/admin/audit")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await shop.As("shopper").GetAsync("/api/admin/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
