using Dapper;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Messaging;

/// <summary>
/// Carries what was committed to the broker, at least once: rows are deleted after the broker has confirmed them. The
/// message id is the row's id, so that whoever hears it twice can tell. No order is promised; messages carry versions.
/// </summary>
sealed class OutboxRelay(
    NpgsqlDataSource db, IBus bus, OutboxSignal signal, TimeProvider clock, ILogger<OutboxRelay> log) : BackgroundService
{
    const int MaxRows = 500;
    const int MaxAttempts = 10;

    // A lost ring, a row that was due later, or a row that a killed instance left behind is found this soon.
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);
    static readonly TimeSpan InboxMemory = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var nextCleaning = DateTimeOffset.MinValue;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (await RelayOnce(stopping) == MaxRows)
                {
                }

                if (TimeProvider.System.GetUtcNow() is var now && now >= nextCleaning)
                {
                    nextCleaning = now + TimeSpan.FromHours(1);
                    await ForgetOldMarks(stopping);
                }

                await signal.Wait(Look, stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("The outbox waits for the broker or the database: {Cause}", exception.Message);
                await Task.Delay(Look, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    async Task<int> RelayOnce(CancellationToken stopping)
    {
        await using var connection = await db.OpenConnectionAsync(stopping);
        await using var transaction = await connection.BeginTransactionAsync(stopping);
        var rows = (await connection.QueryAsync<Row>(
            """
            select id, type, body, attempts from outbox
            where not_before is null or not_before <= @now
            order by seq limit @MaxRows for update skip locked
            """, new { now = clock.GetUtcNow(), MaxRows }, transaction)).AsList();
        if (rows.Count == 0)
            return 0;

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(PublishTimeout);
        // Some that wait for a connection which is lost are forgotten by the broker's client, deadline and all; see Readers.
        var results = await Task.WhenAll(rows.Select(row => Publish(row, deadline.Token))).WaitAsync(deadline.Token);
        CrashPoint.Pass("outbox-published");

        var sent = rows.Where((_, i) => results[i] is null).Select(row => row.Id).ToArray();
        await connection.ExecuteAsync("delete from outbox where id = any(@sent)", new { sent }, transaction);
        foreach (var (row, cause) in rows.Zip(results).Where(pair => pair.Second is not null))
            await PutOff(connection, transaction, row, cause!);

        await transaction.CommitAsync(stopping);
        return rows.Count;
    }

    /// <returns>Null when the broker confirmed it, else why this one message cannot be sent.</returns>
    async Task<string?> Publish(Row row, CancellationToken cancellation)
    {
        object message;
        try
        {
            message = OutboxRows.Read(row.Type, row.Body);
        }
        catch (Exception exception)
        {
            return exception.Message;
        }

        try
        {
            await bus.Publish(message, message.GetType(), context =>
            {
                context.MessageId = row.Id;
                // A plain publish that no queue is bound for is confirmed and gone.
                if (Attribute.IsDefined(message.GetType(), typeof(MustArriveAttribute)) && context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                    rabbit.Mandatory = true;
            }, cancellation);
            return null;
        }
        catch (MessageReturnedException returned)
        {
            return returned.Message;
        }
    }

    async Task PutOff(NpgsqlConnection connection, NpgsqlTransaction transaction, Row row, string cause)
    {
        log.LogWarning("Message {Id} ({Type}) was not taken: {Cause}", row.Id, row.Type, cause);
        if (row.Attempts + 1 < MaxAttempts)
        {
            await connection.ExecuteAsync(
                "update outbox set attempts = attempts + 1, not_before = @notBefore where id = @Id",
                new { row.Id, notBefore = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(2, row.Attempts)) }, transaction);
            return;
        }

        await connection.ExecuteAsync(
            """
            with gone as (delete from outbox where id = @Id returning id, type, body)
            insert into outbox_dead (id, type, body, cause) select id, type, body, @cause from gone
            """, new { row.Id, cause }, transaction);
    }

    // Longer than any redelivery, and then it has to end somewhere.
    async Task ForgetOldMarks(CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("delete from inbox where handled_at < now() - @InboxMemory", new { InboxMemory });
    }

    sealed record Row(Guid Id, string Type, string Body, int Attempts);
}

/// <summary>A message that is lost when nobody receives it, such as an order to do something.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MustArriveAttribute : Attribute;
