using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.IdentityModel.Tokens;
using MiStore.Bench.Lane;
using MiStore.ServiceDefaults;
using MiStore.Testing;
using Npgsql;

namespace MiStore.Bench.Purchases;

/// <summary>A whole store of its own, as it runs in production, with plenty of four products.</summary>
sealed class Store : IAsyncDisposable
{
    public const string Market = "US";

    /// <summary>Four, as the reference has four rows of stock.</summary>
    public static readonly IReadOnlyList<string> Skus = ["MI-BAND-BLK", "MI-PB-5000-SLV", "MI-PB-10500-SLV", "MI-HP-GLD"];

    const int Plenty = 5_000_000;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Stack stack;
    readonly HttpClient desk, books;
    readonly HashSet<string> batches = [];

    Store(Stack stack)
    {
        this.stack = stack;
        var key = JsonDocument.Parse(File.ReadAllText(Path.Combine(stack.Home, "secrets.json"))).RootElement.GetProperty("operator-key").GetString()!;
        var now = DateTimeOffset.UtcNow;
        var token = Operators.Issue(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), Operators.Role, "bench", now, now.AddHours(8));
        desk = Operator(stack.Url, token);
        // An audit of a million orders is silent for longer than the gateway bears.
        books = Operator(new Uri(stack.Resource("checkout").Url!), token);
    }

    public Uri Url => stack.Url;

    /// <summary>Seconds of processor time that each part of the store has taken, and we.</summary>
    public Dictionary<string, double> Effort() => Purchases.Effort.Of(stack.Resources());

    public string Server => stack.ConnectionString("postgres");

    public static async Task<Store> Open(int replicas = 1)
    {
        var stack = await Stack.Start(
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("DOTNET_ENVIRONMENT", "Production"), ("MISTORE_REPLICAS", replicas.ToString()));
        try
        {
            var store = new Store(stack);
            await store.Withdraw();
            foreach (var sku in Skus)
                await store.Release(sku, Plenty);
            return store;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public async Task Release(string sku, int units)
    {
        // A store that has just opened may not have heard of every offer.
        for (var until = DateTimeOffset.UtcNow + Patience; ; await Task.Delay(100))
        {
            using var answer = await desk.PostAsJsonAsync(
                "/api/admin/batches", new { market = Market, sku, quantity = units, opensAt = DateTimeOffset.UtcNow.AddMinutes(-1) });
            if (answer.IsSuccessStatusCode)
            {
                batches.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
                return;
            }

            if (DateTimeOffset.UtcNow > until)
                throw new InvalidOperationException($"{sku} could not be released: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Takes everything that is left from the shelves.</summary>
    public async Task Withdraw()
    {
        foreach (var batch in await Batches())
            if (batch.GetProperty("market").GetString() == Market && batch.GetProperty("remaining").GetInt32() > 0)
                (await desk.PostAsync($"/api/admin/batches/{batch.GetProperty("id").GetString()}/withdrawal", null)).EnsureSuccessStatusCode();
    }

    /// <summary>Units that the batches released here have sold, by the ledger's own count.</summary>
    public async Task<int> Sold() => (await Batches())
        .Where(batch => batches.Contains(batch.GetProperty("id").GetString()!)).Sum(batch => batch.GetProperty("sold").GetInt32());

    /// <summary>What the store's audit finds, our books and the payment provider's; empty when they balance.</summary>
    public async Task<IReadOnlyList<string>> Audit()
    {
        var audit = await books.GetFromJsonAsync<JsonElement>("/api/admin/audit");
        return [.. audit.GetProperty("differences").EnumerateArray().Select(difference => difference.GetString()!)];
    }

    /// <summary>Until everything that follows from the last purchases has been done.</summary>
    /// <returns>How many seconds that took.</returns>
    public async Task<double> Calm()
    {
        var began = DateTimeOffset.UtcNow;
        while (DateTimeOffset.UtcNow - began < Patience)
        {
            if (await Ask<long>("checkoutdb", "select count(*) from outbox") + await Ask<long>("sandboxdb", "select count(*) from events where delivered_at is null") == 0)
                return (DateTimeOffset.UtcNow - began).TotalSeconds;
            await Task.Delay(50);
        }

        throw new TimeoutException("The store has not come to rest.");
    }

    /// <summary>As if the shop had sold that much before: orders, their ledger, and the provider's book of them.</summary>
    public async Task SellLongAgo(int orders)
    {
        await using (var checkout = await Connect("checkoutdb"))
        {
            await Shop.SellLongAgo(checkout, orders);
            await checkout.ExecuteAsync("vacuum analyze");
        }

        var paid = new List<(Guid Id, string Payment, long Total, string Currency)>(orders);
        await using (var checkout = await Connect("checkoutdb"))
            paid.AddRange(await checkout.QueryAsync<(Guid, string, long, string)>("select id, payment_id, total, currency from orders where status = 'delivered'"));
        await using var sandbox = await Connect("sandboxdb");
        await sandbox.ExecuteAsync(
            """
            insert into payments (id, order_id, amount, currency, metadata, status, created_at)
            select id, orders::text, total, lower(currency), json_build_object('order_id', orders), 'succeeded', now() - interval '1 year'
            from unnest(@ids, @orders, @totals, @currencies) as paid (id, orders, total, currency)
            """, new
            {
                ids = paid.Select(one => one.Payment).ToArray(), orders = paid.Select(one => one.Id).ToArray(),
                totals = paid.Select(one => one.Total).ToArray(), currencies = paid.Select(one => one.Currency).ToArray(),
            });
        await sandbox.ExecuteAsync("vacuum analyze");
        await sandbox.ExecuteAsync("checkpoint;");
    }

    /// <summary>As a crash would; the AppHost starts it again.</summary>
    public void Restart(string resource) => stack.Kill(resource);

    public async Task Execute(string sql)
    {
        await using var connection = await Connect("postgres");
        await connection.ExecuteAsync(sql);
    }

    public async Task<IEnumerable<T>> Query<T>(string sql)
    {
        await using var connection = await Connect("postgres");
        return await connection.QueryAsync<T>(sql);
    }

    public async Task<T> Ask<T>(string database, string sql)
    {
        await using var connection = await Connect(database);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async ValueTask DisposeAsync()
    {
        desk.Dispose();
        books.Dispose();
        await stack.DisposeAsync();
    }

    async Task<NpgsqlConnection> Connect(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Database = database, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    async Task<IReadOnlyList<JsonElement>> Batches() =>
        [.. (await desk.GetFromJsonAsync<JsonElement>("/api/admin/batches")).GetProperty("batches").EnumerateArray()];

    static HttpClient Operator(Uri address, string token) => new()
    {
        BaseAddress = address, Timeout = TimeSpan.FromMinutes(5), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}
