using Dapper;
using MiStore.Messaging;
using Npgsql;

namespace MiStore.Catalog.Notices;

/// <summary>
/// Reminds those who asked, an hour before the sale opens, or at once where they confirmed later than that. Once it has
/// begun, or was withdrawn, nobody is reminded any more, and the addresses are deleted.
/// </summary>
sealed class RemindOfSale(NpgsqlDataSource db, Work work, TimeProvider clock, ILogger<RemindOfSale> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    // Whatever the crowd, a transaction stays short.
    const int AtOnce = 500;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var sale in await Awaited(stopping))
                    switch (sale.At(clock.GetUtcNow()))
                    {
                        case Reminding.Now:
                            await Remind(sale, stopping);
                            break;
                        case Reminding.Never:
                            await Forget(sale, stopping);
                            break;
                    }
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Reminders wait for the database: {Cause}", fault.Message);
            }

            await Task.Delay(Look, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<List<AwaitedSale>> Awaited(CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        return (await AwaitedSale.All(connection)).AsList();
    }

    async Task Remind(AwaitedSale sale, CancellationToken cancellation)
    {
        await using var unit = await work.Begin(cancellation);
        // Of several instances each takes other rows.
        var due = (await unit.Connection.QueryAsync<Guid>(
            """
            update notices set due_at = @now
            where id in (
                select id from notices where sale = @Id and confirmed_at is not null and due_at is null
                order by confirmed_at, id limit @AtOnce for update skip locked)
            returning id
            """, new { sale.Id, AtOnce, now = clock.GetUtcNow() })).AsList();
        if (due.Count == 0)
            return;

        unit.Publish(due.Select(id => new SendNoticeMail(id, NoticeMail.Reminder)));
        await unit.Commit(cancellation);
        log.LogInformation("{Count} people are reminded of sale {Sale}", due.Count, sale.Id);
    }

    async Task Forget(AwaitedSale sale, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("delete from notices where sale = @Id", new { sale.Id });
    }
}
