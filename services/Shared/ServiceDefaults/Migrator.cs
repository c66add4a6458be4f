using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MiStore.ServiceDefaults;

/// <summary>
/// Brings a service's database up to date before the service serves: numbered SQL files, embedded in the assembly,
/// forward only, each in one transaction. Several instances may start at once; one migrates, the others wait for it.
/// </summary>
public static class Migrator
{
    // Any number will do, as long as it is ours: instances of one service meet on it.
    const long AdvisoryLock = 0x4D_69_53_74_6F_72_65;

    /// <param name="app">The service, before it serves.</param>
    /// <param name="database">The name of its database's connection string.</param>
    /// <param name="assemblies">Where the migrations are embedded; they are applied in the order of their names.</param>
    public static async Task Migrate(this WebApplication app, string database, params Assembly[] assemblies)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MiStore.Migrator");
        await Migrate(app.Configuration.Required($"ConnectionStrings:{database}"), log, assemblies);
    }

    public static async Task Migrate(string connectionString, ILogger log, params Assembly[] assemblies)
    {
        // Not the service's own connections: those may be in a role that cannot make tables, and give up after seconds.
        var migrating = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, Pooling = false };
        await using var connection = new NpgsqlConnection(migrating.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_lock(@AdvisoryLock)", new { AdvisoryLock });
        try
        {
            await connection.ExecuteAsync(
                """
                create table if not exists migrations (
                    name text primary key,
                    checksum text not null,
                    applied_at timestamptz not null default now())
                """);
            var applied = (await connection.QueryAsync<(string Name, string Checksum)>("select name, checksum from migrations"))
                .ToDictionary(row => row.Name, row => row.Checksum);

            foreach (var (name, sql) in assemblies.SelectMany(In).OrderBy(migration => migration.Name, StringComparer.Ordinal))
            {
                var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
                if (applied.TryGetValue(name, out var known))
                {
                    if (known != checksum)
                        throw new InvalidOperationException(
                            $"Migration {name} was changed after it had been applied. Add a new one, or `./mistore reset` on a development machine.");
                    continue;
                }

                await using var transaction = await connection.BeginTransactionAsync();
                await connection.ExecuteAsync(sql, transaction: transaction);
                await connection.ExecuteAsync(
                    "insert into migrations (name, checksum) values (@name, @checksum)", new { name, checksum }, transaction);
                await transaction.CommitAsync();
                log.LogInformation("Applied migration {Migration}", name);
            }
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@AdvisoryLock)", new { AdvisoryLock });
        }
    }

    static IEnumerable<(string Name, string Sql)> In(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            const string folder = ".Migrations.";
            if (!resource.EndsWith(".sql", StringComparison.Ordinal) || resource.IndexOf(folder, StringComparison.Ordinal) is var at && at < 0)
                continue;

            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[(at + folder.Length)..], reader.ReadToEnd());
        }
    }
}
