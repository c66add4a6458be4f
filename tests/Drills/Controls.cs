using System.Text;
using Dapper;
using MiStore.Drills.Books;
using MiStore.Drills.Faults;
using MiStore.Drills.Selling;
using RabbitMQ.Client;

namespace MiStore.Drills;

/// <summary>
/// A negative control: a guard is taken away, or a wrong is done by hand, and the verdict has to see it. A checker that
/// never found anything proves nothing.
/// </summary>
/// <param name="Expected">The findings that must not be nought.</param>
public sealed record Control(string Name, string About, Drill Drill, IReadOnlyList<string> Expected)
{
    public Func<Store, Task>? Before { get; init; }

    public Func<Store, Sale, Task>? After { get; init; }

    /// <summary>How often it may be tried: a lost commit needs a kill at the right moment.</summary>
    public int Attempts { get; init; } = 1;
}

public static class Controls
{
    static readonly TimeSpan NoNeedToSettle = TimeSpan.FromSeconds(10);

    public static readonly IReadOnlyList<Control> All =
    [
        new("commits-not-awaited", "synchronous_commit=off, and PostgreSQL killed: acknowledged orders are lost",
            new Drill("postgres", "", (random, units) => Drills.Spread(random, units, [new Fault.Kill("postgres"), new Fault.Kill("postgres"), new Fault.Kill("postgres")]))
            {
                SettlesWithin = NoNeedToSettle,
            }, [Verdict.Lost])
        {
            Before = store => Sql(store, "checkoutdb",
                "alter system set synchronous_commit = off",
                // Else the WAL writer makes good within 0.2 s what the commits left undone.
                "alter system set wal_writer_delay = '10s'",
                "alter system set wal_writer_flush_after = '1GB'",
                "select pg_reload_conf()"),
            Attempts = 3,
        },

        new("keys-forgotten", "the idempotency key is not kept, and clients repeat themselves: double orders",
            new Drill("keys", "", (random, units) => Drills.Spread(random, units, [new Fault.Kill("gateway"), new Fault.Kill("checkout"), new Fault.Kill("gateway")]))
            {
                SettlesWithin = NoNeedToSettle,
            }, [Verdict.DoubleOrders])
        {
            Before = store => Sql(store, "checkoutdb",
                "alter table orders drop constraint orders_idempotency_key_key",
                "create function forget_key() returns trigger language plpgsql as $$ begin new.idempotency_key := new.id; return new; end $$",
                "create trigger forget_key before insert on orders for each row execute function forget_key()"),
            Attempts = 2,
        },

        new("repeats-not-recognised", "the provider forgets its keys while Checkout dies after charges and asks again: double charges",
            new Drill("repeats", "", (random, units) => [new(Math.Min(200, units / 10), 0, new Fault.DieAtPoints(3, random.Next(), TimeSpan.FromMinutes(4), "charge-answered"))])
            {
                Cards = [("tok_ok", 1)], EndsWithFaults = true, SettlesWithin = TimeSpan.FromSeconds(60),
            }, [Verdict.DoubleCharges])
        {
            Before = store => Sql(store, "sandboxdb",
                "create function forget_key() returns trigger language plpgsql as $$ begin delete from answers where key = new.key; return null; end $$",
                "create trigger forget_key after insert on answers for each row execute function forget_key()"),
            Attempts = 2,
        },

        new("marks-forgotten", "the inbox keeps no mark of what it has handled, while every message comes three times: what they do is done twice",
            new Drill("marks", "", (_, _) => []) { RepeatsMessages = true, Cards = [("tok_ok", 1)] }, [Verdict.DoubleEffects])
        {
            Before = async store =>
            {
                foreach (var database in new[] { "checkoutdb", "pricingdb", "catalogdb" })
                    await Sql(store, database,
                        """
                        create function forget_mark() returns trigger language plpgsql as $$ begin
                            delete from inbox where consumer = new.consumer and message_id = new.message_id;
                            return null;
                        end $$
                        """,
                        "create trigger forget_mark after insert on inbox for each row execute function forget_mark()");
            },
        },

        new("units-from-nowhere", "the checks on the batch are off, and somebody adds units in the middle of the sale: oversold",
            new Drill("units", "", (_, units) => [new(units / 2, 5, new Fault.Sabotage("20 units from nowhere", store => Sql(store, "checkoutdb",
                """
                do $$ declare name text; begin
                    for name in select conname from pg_constraint where conrelid = 'batches'::regclass and contype = 'c' loop
                        execute format('alter table batches drop constraint %I', name);
                    end loop;
                end $$
                """,
                $"update batches set available = available + 20 where market = '{Store.Market}' and sku = '{Store.Sku}' and available > 0")))])
            {
                SettlesWithin = TimeSpan.FromSeconds(30), Cards = [("tok_ok", 1)],
            }, [Verdict.Oversold, Verdict.Audit]),

        new("planted", "a charge for nobody, a second charge, a changed total, a message in an error queue",
            new Drill("planted", "", (_, _) => []) { SettlesWithin = TimeSpan.FromSeconds(30) },
            [Verdict.ChargesWithoutOrder, Verdict.DoubleCharges, Verdict.Lost, Verdict.Undelivered, Verdict.OrdersWithoutCharge, Verdict.Audit])
        {
            After = Plant,
        },
    ];

    static async Task Plant(Store store, Sale sale)
    {
        var orders = sale.Attempts.Where(attempt => attempt is { Ending: Ending.Acknowledged, Card: "tok_ok" }).Take(2).ToList();
        await Charge(store, Guid.NewGuid(), 999);
        await Charge(store, orders[0].OrderId, orders[0].Total);
        await Sql(store, "checkoutdb", $"update orders set total = total + 1 where id = '{orders[1].OrderId}'");

        await using var connection = await Broker.Connect(store, default);
        await using var channel = await connection.CreateChannelAsync();
        const string queue = "checkout-offer-published_error";
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await channel.BasicPublishAsync("", queue, Encoding.UTF8.GetBytes("{}"));
    }

    static async Task Charge(Store store, Guid order, long amount)
    {
        using var client = new HttpClient { BaseAddress = store.Provider };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_drill");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["amount"] = amount.ToString(), ["currency"] = "usd", ["payment_method"] = "tok_ok", ["confirm"] = "true",
            ["metadata[order_id]"] = order.ToString(),
        });
        using var answer = await client.PostAsync("/v1/payment_intents", form);
        answer.EnsureSuccessStatusCode();
    }

    static async Task Sql(Store store, string database, params string[] statements)
    {
        await using var connection = await store.Open(database);
        foreach (var statement in statements)
            await connection.ExecuteAsync(statement);
    }
}
