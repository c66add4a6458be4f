using System.Data;
using Dapper;
using MassTransit;
using Npgsql;

namespace MiStore.Messaging;

/// <summary>
/// One transaction: rows, the mark that a message has been handled, and the messages that go out because of it. There
/// is no other way to send, so nothing can be sent about a row that was not committed, or forgotten about one that was.
/// </summary>
public sealed class UnitOfWork : IAsyncDisposable
{
    readonly List<(object Message, DateTimeOffset? NotBefore)> outgoing = [];
    readonly OutboxSignal relay;

    UnitOfWork(NpgsqlConnection connection, NpgsqlTransaction transaction, OutboxSignal relay)
    {
        Connection = connection;
        Transaction = transaction;
        this.relay = relay;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    /// <summary>True when this message has had its effect before: there is nothing left to do.</summary>
    public bool IsRepeat { get; private init; }

    internal static async Task<UnitOfWork> Begin(
        NpgsqlDataSource db, OutboxSignal relay, ConsumeContext? context, CancellationToken cancellation)
    {
        var connection = await db.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
            return new UnitOfWork(connection, transaction, relay)
            {
                IsRepeat = context is not null && !await MarkHandled(connection, transaction, context),
            };
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says something once, and only if, this work commits.</summary>
    /// <param name="notBefore">For what should be said later: the broker never sees it before this instant.</param>
    public void Publish(object message, DateTimeOffset? notBefore = null) => outgoing.Add((message, notBefore));

    public void Publish(IEnumerable<object> messages) => outgoing.AddRange(messages.Select(message => (message, (DateTimeOffset?)null)));

    public async Task Commit(CancellationToken cancellation = default)
    {
        if (outgoing.Count > 0)
        {
            var rows = OutboxRows.Of(outgoing);
            await using var insert = new NpgsqlCommand(OutboxRows.Insert, Connection, Transaction);
            rows.AddTo(insert.Parameters);
            await insert.ExecuteNonQueryAsync(cancellation);
        }

        await Transaction.CommitAsync(cancellation);
        if (outgoing.Count > 0)
            relay.Ring();
    }

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    // Two deliveries of one message at the same moment: the second waits here for the first to commit or roll back.
    static async Task<bool> MarkHandled(NpgsqlConnection connection, NpgsqlTransaction transaction, ConsumeContext context)
    {
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be told from its repeat.");
        var consumer = context.ReceiveContext.InputAddress.Segments[^1];
        return await connection.ExecuteAsync(
            "insert into inbox (consumer, message_id) values (@consumer, @messageId) on conflict do nothing",
            new { consumer, messageId }, transaction) == 1;
    }
}

/// <summary>Begins units of work on the service's own database.</summary>
public sealed class Work(NpgsqlDataSource db, OutboxSignal relay)
{
    /// <summary>For a request or a timer.</summary>
    public Task<UnitOfWork> Begin(CancellationToken cancellation) => UnitOfWork.Begin(db, relay, null, cancellation);

    /// <summary>For a message: look at <see cref="UnitOfWork.IsRepeat"/> before doing anything.</summary>
    public Task<UnitOfWork> Begin(ConsumeContext context) => UnitOfWork.Begin(db, relay, context, context.CancellationToken);
}
