using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using StackExchange.Redis;

// The namespace and signatures of Aspire's client packages, which an Aspire build uses instead of this file.
namespace Microsoft.Extensions.Hosting;

/// <summary>The store clients that Aspire.Npgsql and Aspire.StackExchange.Redis supply where the feed has them.</summary>
public static class StoreClients
{
    public static void AddNpgsqlDataSource(
        this IHostApplicationBuilder builder, string connectionName,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null)
    {
        var connectionString = ConnectionString(builder, connectionName);
        builder.Services.AddSingleton(services =>
        {
            var source = new NpgsqlDataSourceBuilder(connectionString);
            source.UseLoggerFactory(services.GetService<Logging.ILoggerFactory>());
            configureDataSourceBuilder?.Invoke(source);
            return source.Build();
        });
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            "postgres", services => new Ping(async cancellation =>
            {
                await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellation);
            }), HealthStatus.Unhealthy, tags: null, TimeSpan.FromSeconds(3)));
    }

    public static void AddRedisClient(this IHostApplicationBuilder builder, string connectionName)
    {
        var options = ConfigurationOptions.Parse(ConnectionString(builder, connectionName));
        // Redis may come up, or come back, after us.
        options.AbortOnConnectFail = false;
        // In seconds. One that takes a connection and says nothing is given up after so long; of itself, after a minute.
        options.KeepAlive = 5;
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            "redis", services => new Ping(_ => services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().PingAsync()),
            HealthStatus.Unhealthy, tags: null, TimeSpan.FromSeconds(3)));
    }

    static string ConnectionString(IHostApplicationBuilder builder, string name) =>
        builder.Configuration.GetConnectionString(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"ConnectionStrings:{name} is missing. The AppHost supplies it; see AppHost.cs.");

    sealed class Ping(Func<CancellationToken, Task> ping) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await ping(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception exception)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, exception.Message);
            }
        }
    }
}
