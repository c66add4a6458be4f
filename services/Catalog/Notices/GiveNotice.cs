using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Options;
using MiStore.Catalog.Shelf;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;
using MiStore.Messaging;
using Npgsql;

namespace MiStore.Catalog.Notices;

/// <summary>
/// Tells those who asked, once what they wait for can be bought. What can be bought is looked at, not waited for: whether
/// a restriction was lifted, a sale opened by the clock or a batch was released, and whether or not we were running then,
/// the next look sees it. A notice becomes due in the transaction that puts its mail in the outbox, so it does so once.
/// In waves: when a wave has bought what there was, the next is not told of it.
/// </summary>
sealed class GiveNotice(NpgsqlDataSource db, Work work, IOptions<NoticeOptions> options, TimeProvider clock, ILogger<GiveNotice> log)
    : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Remember = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var nextCleaning = DateTimeOffset.MinValue;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var product in await OnSale(stopping))
                    await SendWave(product, stopping);

                if (TimeProvider.System.GetUtcNow() is var now && now >= nextCleaning)
                {
                    nextCleaning = now + TimeSpan.FromHours(1);
                    await ForgetOld(stopping);
                }
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Notices wait for the database: {Cause}", fault.Message);
            }

            await Task.Delay(Look, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What somebody waits for and can be bought now.</summary>
    async Task<List<Product>> OnSale(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var awaited = await connection.QueryAsync<Awaited>(
            """
            select n.market, n.product, v.sku, o.schedule, a.batches
            from (select distinct market, product from notices where confirmed_at is not null and due_at is null and sale is null) n
            join variants v on v.product = n.product
            join offers o on o.market = n.market and o.sku = v.sku
            left join availability a on a.market = n.market and a.sku = v.sku
            where not exists (select from restrictions r where r.product = n.product and r.market = n.market)
            """);
        return
        [
            .. from variant in awaited
               let offer = variant.OfferAt(now)
               where offer.State == ShelfState.Sellable
               group (variant.Sku, offer.Remaining) by (variant.Market, variant.Product) into product
               select new Product(
                   product.Key.Market, product.Key.Product, [.. product.Select(variant => variant.Sku)],
                   product.Max(variant => variant.Remaining) == Remaining.Many),
        ];
    }

    async Task SendWave(Product product, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        // One instance at a time, and none before the pause is over.
        var isOurTurn = await unit.Connection.ExecuteAsync(
            """
            insert into notice_waves (market, product, at) values (@Market, @Slug, @now)
            on conflict (market, product) do update set at = excluded.at where notice_waves.at <= @last
            """,
            new { product.Market, product.Slug, now, last = now.AddSeconds(-options.Value.WavePauseSeconds) }) > 0;
        if (!isOurTurn)
            return;

        var size = product.IsPlenty ? options.Value.WaveSize : Math.Max(1, options.Value.WaveSize / 10);
        var due = (await unit.Connection.QueryAsync<Guid>(
            """
            update notices set due_at = @now
            where id in (
                select id from notices
                where market = @Market and product = @Slug and (sku is null or sku = any(@skus))
                    and confirmed_at is not null and due_at is null and sale is null
                order by confirmed_at, id limit @size for update)
            returning id
            """,
            new { product.Market, product.Slug, skus = product.Skus, now, size })).AsList();
        // Those who wait for another variant do not use up the turn.
        if (due.Count == 0)
            return;

        unit.Publish(due.Select(id => new SendNoticeMail(id, NoticeMail.Sale)));
        await unit.Commit(cancellation);
        log.LogInformation("{Count} people are told that {Product} can be bought in {Market}", due.Count, product.Slug, product.Market);
    }

    // What nobody confirmed, and what is done with, is nobody's business any more.
    async Task ForgetOld(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(
            """
            delete from notices where confirmed_at is null and asked_at < @unconfirmed or due_at < @done;
            delete from notice_asks where at < @yesterday;
            """, new { unconfirmed = now - Notice.ConfirmWithin, done = now - Remember, yesterday = now.AddDays(-1) });
    }

    /// <param name="IsPlenty">Whether there is so much that many may be told at once.</param>
    sealed record Product(string Market, string Slug, string[] Skus, bool IsPlenty);

    sealed record Awaited(string Market, string Product, string Sku, string Schedule, string? Batches)
    {
        public OfferView OfferAt(DateTimeOffset now) => OfferView.Of(
            new OfferPublished(Market, Sku, 0, JsonSerializer.Deserialize<OfferTerms[]>(Schedule)!).At(now),
            Batches is null ? null : new AvailabilityChanged(Market, Sku, 0, JsonSerializer.Deserialize<BatchAvailability[]>(Batches)!), now);
    }
}
