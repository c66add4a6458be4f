using StackExchange.Redis;

namespace MiStore.Testing;

/// <summary>
/// A Redis database of one's own: one of the server's numbered ones, taken by a lease in database 0, empty at the start
/// and at the end.
/// </summary>
public sealed class TestRedis : IAsyncDisposable
{
    const int Databases = 16;
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    readonly ConnectionMultiplexer connection;
    readonly int number;

    TestRedis(ConnectionMultiplexer connection, int number)
    {
        this.connection = connection;
        this.number = number;
    }

    public string ConnectionString => $"{TestServers.Redis},defaultDatabase={number}";

    /// <summary>For looking into the keys from a test.</summary>
    public IDatabase Database => connection.GetDatabase(number);

    public static async Task<TestRedis> Create()
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(TestServers.Redis + ",abortConnect=false");
        return await Eventually.Passes(async () =>
        {
            for (var number = 1; number < Databases; number++)
            {
                if (!await connection.GetDatabase(0).StringSetAsync(LeaseOf(number), Environment.ProcessId, Lease, When.NotExists))
                    continue;

                var redis = new TestRedis(connection, number);
                await redis.Empty();
                return redis;
            }

            throw new InvalidOperationException("All databases of the Redis server are taken by other tests.");
        }, TimeSpan.FromMinutes(2));
    }

    /// <summary>Everything in it is gone, as after a flush.</summary>
    public Task Empty() => Database.ScriptEvaluateAsync("return redis.call('flushdb')", [], []);

    public async ValueTask DisposeAsync()
    {
        await Empty();
        await connection.GetDatabase(0).KeyDeleteAsync(LeaseOf(number));
        connection.Dispose();
    }

    static string LeaseOf(int number) => $"test-lease:{number}";
}
