using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Testing;

/// <summary>
/// A PostgreSQL database of one's own, cloned from a migrated template and dropped afterwards. The template is named by
/// the content of its migrations, so that it is made once and a changed migration makes a new one.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new();

    TestDatabase(string name)
    {
        Name = name;
        ConnectionString = On(name).ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
    }

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>For looking into the tables from a test.</summary>
    public NpgsqlDataSource Source { get; }

    /// <param name="migrations">The assemblies whose embedded migrations the database has; none gives an empty one.</param>
    public static async Task<TestDatabase> Create(params Assembly[] migrations)
    {
        var template = migrations.Length == 0 ? "template1" : await Template(migrations);
        var name = $"test_{Guid.CreateVersion7():n}";
        await using var connection = await Server();
        await connection.ExecuteAsync($"create database {name} template {template}");
        return new TestDatabase(name);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await using var connection = await Server();
        await connection.ExecuteAsync($"drop database if exists {Name} with (force)");
    }

    static Task<string> Template(Assembly[] migrations)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var assembly in migrations.Distinct().OrderBy(assembly => assembly.FullName, StringComparer.Ordinal))
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var sql = assembly.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            sql.CopyTo(bytes);
            content.AppendData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }

        var name = "template_" + Convert.ToHexStringLower(content.GetHashAndReset())[..24];
        return Templates.GetOrAdd(name, _ => new(() => Make(name, migrations))).Value;
    }

    static async Task<string> Make(string template, Assembly[] migrations)
    {
        // Several test projects may run at once: one makes the template, the others wait for it.
        await using var connection = await Server();
        await connection.ExecuteAsync("select pg_advisory_lock(hashtext(@template))", new { template });
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from pg_database where datname = @template)", new { template }))
            return template;

        // Under another name until it is done, so that nobody ever clones half of it.
        var unfinished = template + "_new";
        await connection.ExecuteAsync($"drop database if exists {unfinished} with (force)");
        await connection.ExecuteAsync($"create database {unfinished}");
        await Migrator.Migrate(On(unfinished).ConnectionString, NullLogger.Instance, migrations);
        await connection.ExecuteAsync($"alter database {unfinished} rename to {template}");
        return template;
    }

    static async Task<NpgsqlConnection> Server()
    {
        // Without an end to a command: here it waits for whoever makes the template, or for the disk when a database goes.
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    static NpgsqlConnectionStringBuilder On(string database) => new(TestServers.Postgres)
    {
        Database = database,
        // Test classes run side by side against a server of one hundred connections.
        MaxPoolSize = 20,
        IncludeErrorDetail = true,
    };
}
