using System.Data;
using System.Text.Json;
using MiStore.PaymentSandbox.Http;
using MiStore.PaymentSandbox.Payments;
using MiStore.PaymentSandbox.Refunds;
using MiStore.PaymentSandbox.Webhooks;
using Npgsql;
using NpgsqlTypes;
using static MiStore.PaymentSandbox.Book.Sql;

namespace MiStore.PaymentSandbox.Book;

/// <summary>
/// The provider's own record of every payment, refund and answer. A key, the money it moved, its answer and the news
/// about it are written in one transaction, and only then does anybody hear of them.
/// </summary>
public sealed class PaymentBook
{
    const int MostAtOnce = 128;

    // Many wait for one, and a merchant no longer than this.
    const int PatienceSeconds = 5;

    const string Columns =
        """
        id, amount, currency, payment_method, description, metadata, status, settles_at, decline_code, refunded,
        created_at, canceled_at
        """;

    readonly NpgsqlDataSource db;
    readonly Together<Opening, bool> openings;

    public PaymentBook(NpgsqlDataSource db)
    {
        this.db = db;
        openings = new Together<Opening, bool>(MostAtOnce, Write);
    }

    /// <summary>
    /// Writes a new payment, its answer and its news, together with others that come at the same moment. Returns what the key was
    /// answered before, and writes nothing, when it is not new.
    /// </summary>
    public async Task<EarlierAnswer?> Open(
        RequestKey key, Payment payment, Answer answer, DateTimeOffset readyAt, Event[] events, DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (await openings.Do(new Opening(key, payment, answer, readyAt, events, now)))
            return null;

        return await FindAnswer(db.CreateCommand(), key, cancellation)
            ?? throw new InvalidOperationException($"The key {key.Key} is taken, and nothing was answered under it.");
    }

    /// <summary>
    /// Changes a payment under its lock: what is decided from it as it stands is written with the answer, or, when the
    /// key is not new, nothing is and the earlier answer comes back. The decision refuses by throwing.
    /// </summary>
    public async Task<EarlierAnswer?> Change(
        RequestKey key, string paymentId, string param, Func<Payment, Change> decide, DateTimeOffset now,
        CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        await using var select = connection.CreateCommand();
        select.CommandText = $"select {Columns} from payments where id = $1 for update";
        select.Parameters.Add(new() { Value = paymentId });
        var payment = (await Read(select, cancellation)).FirstOrDefault();

        // Only now, under the lock: a repetition that came at the same time has waited for the first to finish.
        if (await FindAnswer(connection.CreateCommand(), key, cancellation) is { } earlier)
            return earlier;
        if (payment is null)
            throw StripeError.NoSuch("payment_intent", paymentId, param);

        var change = decide(payment.At(now));
        await using var batch = new NpgsqlBatch(connection, transaction);
        var write = Add(batch,
            "insert into answers (key, fingerprint, status, body, ready_at, created_at) values ($1, $2, $3, $4, $5, $6)");
        AddAnswer(write.Parameters, key, change.Answer, change.ReadyAt, now);

        write = Add(batch,
            """
            update payments set payment_method = $2, status = $3, settles_at = $4, decline_code = $5, refunded = $6, canceled_at = $7
            where id = $1
            """);
        write.Parameters.AddAll(
            new() { Value = paymentId },
            Text(change.Payment.PaymentMethod),
            new() { Value = Payment.NameOf(change.Payment.Status) },
            Instant(change.Payment.SettlesAt),
            Text(change.Payment.DeclineCode),
            new() { Value = change.Payment.Refunded },
            Instant(change.Payment.CanceledAt));

        if (change.Refund is { } refund)
        {
            write = Add(batch,
                "insert into refunds (id, payment_id, amount, reason, metadata, created_at) values ($1, $2, $3, $4, $5, $6)");
            write.Parameters.AddAll(
                new() { Value = refund.Id }, new() { Value = refund.PaymentId }, new() { Value = refund.Amount },
                Text(refund.Reason), MetadataOf(refund.Metadata), Instant(refund.CreatedAt));
        }

        if (change.Events.Length > 0)
        {
            write = Add(batch,
                """
                insert into events (id, type, body, next_attempt, created_at)
                select news.id, news.type, news.body, news.at, $1
                from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) as news (id, type, body, at)
                """);
            write.Parameters.Add(Instant(now));
            AddEvents(write.Parameters, change.Events);
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // The same key, at the same time, for another payment.
            throw StripeError.KeyOfAnother(key.Key);
        }

        return null;
    }

    public async Task<Payment?> Find(string id, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand($"select {Columns} from payments where id = $1");
        command.Parameters.Add(new() { Value = id });
        return (await Read(command, cancellation)).FirstOrDefault()?.At(now);
    }

    /// <summary>The newest payments first, with ids between the two given, both outside.</summary>
    public async Task<List<Payment>> List(
        string after, string before, int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(
            $"select {Columns} from payments where id > $1 and id < $2 order by id desc limit $3");
        command.Parameters.AddAll(new() { Value = after }, new() { Value = before }, new() { Value = limit });
        return (await Read(command, cancellation)).ConvertAll(payment => payment.At(now));
    }

    public async Task<List<Payment>> OfOrder(string orderId, int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(
            $"select {Columns} from payments where order_id = $1 order by id desc limit $2");
        command.Parameters.AddAll(new() { Value = orderId }, new() { Value = limit });
        return (await Read(command, cancellation)).ConvertAll(payment => payment.At(now));
    }

    public async Task<Refund?> FindRefund(string id, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(
            """
            select r.id, r.payment_id, r.amount, p.currency, r.reason, r.metadata, r.created_at
            from refunds r join payments p on p.id = r.payment_id
            where r.id = $1
            """);
        command.Parameters.Add(new() { Value = id });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new Refund(
                row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.TextOf(4), MetadataOf(row, 5),
                row.GetFieldValue<DateTimeOffset>(6))
            : null;
    }

    /// <summary>Payments in the order of their ids, each with what its refunds add up to.</summary>
    public async Task<List<(Payment Payment, long Refunded)>> Page(
        string after, int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        // Summed from the refunds themselves: a book that is checked against its own running total proves nothing.
        await using var command = db.CreateCommand(
            $"""
            select {Columns}, (select coalesce(sum(r.amount), 0)::bigint from refunds r where r.payment_id = p.id)
            from payments p where id > $1 order by id limit $2
            """);
        command.Parameters.AddAll(new() { Value = after }, new() { Value = limit });

        var page = new List<(Payment, long)>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            page.Add((PaymentIn(rows).At(now), rows.GetInt64(12)));
        return page;
    }

    // One statement, one round trip, one commit, however many there are. True for each whose key is new.
    async Task<IReadOnlyList<bool>> Write(IReadOnlyList<Opening> openings)
    {
        // Of two with the same key one comes first, and the other finds its answer. In key order, so that two sandboxes never wait for
        // each other crosswise.
        var first = openings.DistinctBy(opening => opening.Key.Key).OrderBy(opening => opening.Key.Key, StringComparer.Ordinal).ToList();
        var news = first.SelectMany(opening => opening.Events.Select(item => (Opening: opening, Event: item))).ToList();
        await using var command = db.CreateCommand(
            """
            with new as (
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) as new (
                    key, fingerprint, answered, body, ready_at, at, id, order_id, amount, currency, payment_method, description,
                    metadata, status, settles_at, decline_code)),
            claimed as (
                insert into answers (key, fingerprint, status, body, ready_at, created_at)
                select key, fingerprint, answered, body, ready_at, at from new
                on conflict (key) do nothing
                returning key),
            opened as (
                insert into payments (id, order_id, amount, currency, payment_method, description, metadata, status,
                    settles_at, decline_code, created_at)
                select id, order_id, amount, currency, payment_method, description, metadata::json, status, settles_at,
                    decline_code, at
                from new join claimed using (key)),
            told as (
                insert into events (id, type, body, next_attempt, created_at)
                select news.id, news.type, news.body, news.next_attempt, news.at
                from unnest($17, $18, $19, $20, $21, $22) as news (key, id, type, body, next_attempt, at)
                join claimed using (key))
            select key from claimed
            """);
        command.CommandTimeout = PatienceSeconds;
        command.Parameters.AddAll(
            Texts(first, opening => opening.Key.Key),
            new() { Value = Column(first, opening => opening.Key.Fingerprint) },
            new() { Value = Column(first, opening => opening.Answer.Status) },
            Texts(first, opening => opening.Answer.Body),
            Instants(first, opening => opening.ReadyAt),
            Instants(first, opening => opening.Now),
            Texts(first, opening => opening.Payment.Id),
            Texts(first, opening => opening.Payment.OrderId),
            new() { Value = Column(first, opening => opening.Payment.Amount) },
            Texts(first, opening => opening.Payment.Currency),
            Texts(first, opening => opening.Payment.PaymentMethod),
            Texts(first, opening => opening.Payment.Description),
            Texts(first, opening => JsonSerializer.Serialize(opening.Payment.Metadata)),
            Texts(first, opening => Payment.NameOf(opening.Payment.Status)),
            Instants(first, opening => opening.Payment.SettlesAt),
            Texts(first, opening => opening.Payment.DeclineCode),
            Texts(news, it => it.Opening.Key.Key),
            Texts(news, it => it.Event.Id),
            Texts(news, it => it.Event.Type),
            Texts(news, it => it.Event.Body),
            Instants(news, it => it.Event.At),
            Instants(news, it => it.Opening.Now));

        var claimed = new HashSet<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            claimed.Add(rows.GetString(0));
        // Whose key stands there a second time is not the one that it was claimed for.
        return [.. openings.Select(opening => claimed.Remove(opening.Key.Key))];
    }

    static async Task<EarlierAnswer?> FindAnswer(NpgsqlCommand command, RequestKey key, CancellationToken cancellation)
    {
        await using (command)
        {
            command.CommandText = "select fingerprint, status, body, ready_at from answers where key = $1";
            command.Parameters.Add(new() { Value = key.Key });
            await using var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellation);
            return await row.ReadAsync(cancellation)
                ? new EarlierAnswer(
                    row.GetFieldValue<byte[]>(0), new Answer(row.GetInt32(1), row.GetString(2)),
                    row.GetFieldValue<DateTimeOffset>(3))
                : null;
        }
    }

    static async Task<List<Payment>> Read(NpgsqlCommand command, CancellationToken cancellation)
    {
        var payments = new List<Payment>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            payments.Add(PaymentIn(rows));
        return payments;
    }

    static Payment PaymentIn(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetString(2), row.TextOf(3), row.TextOf(4), MetadataOf(row, 5),
        Payment.StatusOf(row.GetString(6)), row.InstantOf(7), row.TextOf(8), row.GetInt64(9),
        row.GetFieldValue<DateTimeOffset>(10), row.InstantOf(11));

    static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    static void AddAnswer(
        NpgsqlParameterCollection parameters, RequestKey key, Answer answer, DateTimeOffset readyAt, DateTimeOffset now) =>
        parameters.AddAll(
            new() { Value = key.Key }, new() { Value = key.Fingerprint }, new() { Value = answer.Status },
            new() { Value = answer.Body }, Instant(readyAt), Instant(now));

    static void AddEvents(NpgsqlParameterCollection parameters, Event[] events) => parameters.AddAll(
        new() { Value = Array.ConvertAll(events, news => news.Id) },
        new() { Value = Array.ConvertAll(events, news => news.Type) },
        new() { Value = Array.ConvertAll(events, news => news.Body) },
        new() { Value = Array.ConvertAll(events, news => news.At) });

    static NpgsqlParameter MetadataOf(SortedDictionary<string, string> metadata) =>
        new() { Value = JsonSerializer.Serialize(metadata), NpgsqlDbType = NpgsqlDbType.Json };

    static SortedDictionary<string, string> MetadataOf(NpgsqlDataReader row, int column) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(column))!, StringComparer.Ordinal);
}

/// <summary>What a decision about a payment comes to.</summary>
public sealed record Change(Payment Payment, Answer Answer, DateTimeOffset ReadyAt, Event[] Events, Refund? Refund = null);

/// <summary>A payment that is to be written, with its answer and its news.</summary>
sealed record Opening(RequestKey Key, Payment Payment, Answer Answer, DateTimeOffset ReadyAt, Event[] Events, DateTimeOffset Now);
