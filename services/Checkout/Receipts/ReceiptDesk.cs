using System.Collections.Concurrent;
using System.Data;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using MiStore.Checkout.Stock;
using Npgsql;

namespace MiStore.Checkout.Receipts;

/// <summary>A receipt with its signature.</summary>
/// <param name="Receipt">To be read; the same is inside <paramref name="Jws"/>, and only that is signed.</param>
/// <param name="Jws">Compact JWS, ES256; the key is at /api/batches/receipt-keys.</param>
public sealed record SignedReceipt(Receipt Receipt, string Jws);

/// <summary>
/// Makes receipts and keeps them as long as they are true. The ledger of a large batch takes seconds to read, and a sale that has
/// just ended has many who look; so one receipt is made at a time, and for everybody.
/// </summary>
public sealed class ReceiptDesk(NpgsqlDataSource db, ReceiptKey key, IOptions<JsonOptions> json, TimeProvider clock) : IDisposable
{
    // By batch, so as many as operators have ever released. A row's xmin changes whenever the row does, and every movement of a unit
    // changes its batch's row: a receipt is true as long as that is the same.
    readonly ConcurrentDictionary<Guid, (string Row, Finding Finding)> made = new();
    readonly SemaphoreSlim one = new(1);

    /// <param name="ETag">The same from every replica, although each signs differently.</param>
    public sealed record Kept(SignedReceipt Signed, string ETag);

    /// <summary>What is known of a batch.</summary>
    /// <param name="Receipt">Null while it is sold, and where <paramref name="IsDisputed"/>.</param>
    /// <param name="IsDisputed">Its entries do not make what it says of itself, so nothing is signed.</param>
    public sealed record Finding(Kept? Receipt, bool IsDisputed = false);

    /// <summary>Null where there is no such batch.</summary>
    public async Task<Finding?> Find(Guid id, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (await Look(connection, null, id) is not var (batch, row))
            return null;
        if (!Receipt.HasEnded(batch, clock.GetUtcNow()))
            return new Finding(null);
        if (made.TryGetValue(id, out var known) && known.Row == row)
            return known.Finding;

        // Nobody waits for their turn with a connection in hand: there are few.
        await connection.CloseAsync();
        await one.WaitAsync(cancellation);
        try
        {
            // To its end, also when whoever asked has gone: the next finds it made.
            return await Make(id);
        }
        finally
        {
            one.Release();
        }
    }

    async Task<Finding> Make(Guid id)
    {
        await using var connection = await db.OpenConnectionAsync();
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var (batch, row) = (await Look(connection, snapshot, id))!.Value;
        if (!Receipt.HasEnded(batch, clock.GetUtcNow()))
            return new Finding(null);
        if (made.TryGetValue(id, out var known) && known.Row == row)
            return known.Finding;

        var receipt = Receipt.Of(batch, await BatchEntries.Read(connection, snapshot, id));
        var finding = receipt is null ? new Finding(null, IsDisputed: true) : new Finding(Sign(receipt));
        made[id] = (row, finding);
        return finding;
    }

    Kept Sign(Receipt receipt)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(receipt, json.Value.SerializerOptions);
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
        return new Kept(new SignedReceipt(receipt, key.Sign(bytes)), $"\"{tag}\"");
    }

    static async Task<(Batch Batch, string Row)?> Look(NpgsqlConnection connection, NpgsqlTransaction? snapshot, Guid id)
    {
        var found = await connection.QueryAsync<Batch, string, (Batch, string)?>(
            $"select {Batch.Columns}, xmin::text as row from batches where id = @id",
            (batch, row) => (batch, row), new { id }, snapshot, splitOn: "row");
        return found.SingleOrDefault();
    }

    public void Dispose() => one.Dispose();
}
