using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using MiStore.Drills.Selling;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace MiStore.Drills.Books;

/// <summary>Reads each book where it is kept: the tables, the provider's own API, the broker. No service is asked about itself, but for its audit.</summary>
public static class ReadBooks
{
    static readonly string[] Databases = ["checkoutdb", "pricingdb", "catalogdb"];
    static readonly TimeSpan Passing = TimeSpan.FromSeconds(15);

    public static async Task<FourBooks> All(Store store, Guid batch, int released, Sale sale, CancellationToken cancellation)
    {
        await using var checkout = await store.Open("checkoutdb", cancellation);
        var orders = (await checkout.QueryAsync<LedgerOrder>(
            """
            select id, email, status, funds, total,
                (select sum((line ->> 'Quantity')::int) from jsonb_array_elements(quote -> 'Lines') line)::int as units
            from orders
            """)).AsList();
        var held = await checkout.ExecuteScalarAsync<long>(
            """
            select coalesce(sum(case movement when 'reserved' then units when 'returned' then -units when 'restocked' then -units else 0 end), 0)
            from stock_entries where batch_id = @batch
            """, new { batch });

        return new FourBooks(
            released, [.. sale.Attempts], [.. sale.Troubles], orders, held, await Payments(store, cancellation),
            await StuckMessages(store, cancellation),
            await Audit(store, cancellation));
    }

    /// <summary>
    /// A service that lost some of its copies with a store asks for a replay when it notices, which may be while we look. What
    /// passes through is not stuck; what is still there after a while is.
    /// </summary>
    static async Task<IReadOnlyList<Stuck>> StuckMessages(Store store, CancellationToken cancellation)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(250, cancellation))
        {
            var found = (await Queues(store, cancellation)).Concat(await Outboxes(store, cancellation)).Where(stuck => stuck.Count != 0).ToList();
            if (since.Elapsed > Passing || !found.Exists(IsOnItsWay))
                return found;
        }
    }

    // The others have been given up, and nobody takes them away.
    static bool IsOnItsWay(Stuck stuck) => !stuck.Where.EndsWith("_error") && !stuck.Where.EndsWith("outbox_dead");

    /// <summary>What is still on its way: orders without an end, money without one, messages not yet heard.</summary>
    public static async Task<long> Open(Store store, CancellationToken cancellation)
    {
        await using var checkout = await store.Open("checkoutdb", cancellation);
        var orders = await checkout.ExecuteScalarAsync<long>(
            "select count(*) from orders where status in ('reserved', 'paying') or funds in ('asked', 'refunddue')");
        var waiting = (await Queues(store, cancellation)).Concat(await Outboxes(store, cancellation))
            .Where(IsOnItsWay);
        return orders + waiting.Sum(stuck => stuck.Count);
    }

    public static async Task<IReadOnlyList<Payment>> Payments(Store store, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = store.Provider };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_drill");
        var payments = new List<Payment>();
        while (true)
        {
            var after = payments.Count == 0 ? "" : $"&after={payments[^1].Id}";
            var page = await client.GetFromJsonAsync<JsonElement>($"/v1/book?limit=1000{after}", cancellation);
            foreach (var entry in page.GetProperty("data").EnumerateArray())
                payments.Add(new Payment(
                    entry.GetProperty("id").GetString()!,
                    Guid.TryParse(entry.GetProperty("order_id").GetString(), out var order) ? order : null,
                    entry.GetProperty("captured").GetInt64(), entry.GetProperty("refunded").GetInt64()));
            if (!page.GetProperty("has_more").GetBoolean())
                return payments;
        }
    }

    static async Task<IReadOnlyList<Stuck>> Outboxes(Store store, CancellationToken cancellation)
    {
        var found = new List<Stuck>();
        foreach (var database in Databases)
        {
            await using var connection = await store.Open(database, cancellation);
            found.Add(new($"{database}.outbox", await connection.ExecuteScalarAsync<long>("select count(*) from outbox")));
            found.Add(new($"{database}.outbox_dead", await connection.ExecuteScalarAsync<long>("select count(*) from outbox_dead")));
        }

        return found;
    }

    static async Task<IReadOnlyList<Stuck>> Queues(Store store, CancellationToken cancellation)
    {
        await using var connection = await Broker.Connect(store, cancellation);
        var found = new List<Stuck>();
        foreach (var (queue, _) in Broker.Queues)
        {
            found.Add(new(queue, await Count(connection, queue, cancellation)
                ?? throw new InvalidOperationException($"The broker has no queue {queue}; the drills' list of queues is out of date.")));
            foreach (var beside in new[] { queue + "_error", queue + "_skipped" })
                found.Add(new(beside, await Count(connection, beside, cancellation) ?? 0));
        }

        return found;
    }

    static async Task<long?> Count(IConnection connection, string queue, CancellationToken cancellation)
    {
        // Asking for a queue that is not there closes the channel.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellation)).MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
        {
            return null;
        }
    }

    static async Task<AuditAnswer> Audit(Store store, CancellationToken cancellation)
    {
        using var desk = await store.Operator(cancellation);
        var answer = await desk.GetFromJsonAsync<JsonElement>("/api/admin/audit", cancellation);
        return new AuditAnswer(
            answer.GetProperty("clean").GetBoolean(),
            [.. answer.GetProperty("differences").EnumerateArray().Select(difference => difference.GetString()!)]);
    }
}
