using MiStore.PaymentSandbox.Book;
using Npgsql;
using NpgsqlTypes;

namespace MiStore.PaymentSandbox.Webhooks;

/// <summary>The news still to be told.</summary>
public sealed class EventBook(NpgsqlDataSource db)
{
    /// <summary>
    /// In one round trip: notes what became of earlier attempts, and takes what is due. What is taken comes back after
    /// the lease unless its end is noted first, so a crash only tells it twice.
    /// </summary>
    public async Task<List<Delivery>> Next(
        IReadOnlyCollection<Attempt> ended, int limit, TimeSpan lease, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = db.CreateBatch();

        // Losing these marks to a crash is harmless, so they need not wait for the disk.
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new(
            """
            update events e set delivered_at = a.delivered_at, next_attempt = a.next_attempt
            from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) as a (seq, delivered_at, next_attempt)
            where e.seq = a.seq and e.delivered_at is null
            """)
        {
            Parameters =
            {
                new() { Value = ended.Select(attempt => attempt.Seq).ToArray() },
                new()
                {
                    Value = ended.Select(attempt => attempt.DeliveredAt).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                },
                new() { Value = ended.Select(attempt => attempt.NextAttempt).ToArray() },
            },
        });
        batch.BatchCommands.Add(new(
            """
            update events set attempts = attempts + 1, next_attempt = $2
            where seq in (
                select seq from events
                where delivered_at is null and next_attempt <= $1
                order by next_attempt limit $3
                for update skip locked)
            returning seq, body, attempts
            """)
        {
            Parameters = { new() { Value = now }, new() { Value = now + lease }, new() { Value = limit } },
        });

        var due = new List<Delivery>();
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        do
        {
            while (rows.FieldCount == 3 && await rows.ReadAsync(cancellation))
                due.Add(new Delivery(rows.GetInt64(0), rows.GetString(1), rows.GetInt32(2)));
        }
        while (await rows.NextResultAsync(cancellation));
        return due;
    }

    public async Task Delivered(string[] eventIds, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("update events set delivered_at = $2 where id = any($1) and delivered_at is null");
        command.Parameters.AddAll(new() { Value = eventIds }, new() { Value = now });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <param name="Attempts">Which attempt this is, from 1.</param>
public sealed record Delivery(long Seq, string Body, int Attempts);

/// <summary>How an attempt ended: delivered, or to be made again.</summary>
public sealed record Attempt(long Seq, DateTimeOffset? DeliveredAt, DateTimeOffset NextAttempt);
