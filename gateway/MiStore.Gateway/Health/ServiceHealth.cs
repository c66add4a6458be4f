using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace MiStore.Gateway.Health;

/// <summary>
/// The gateway is ready when the shop can be used: each service has a replica that answered its own /health when it was
/// last asked. Asking happens once a second in the background, so this costs the services nothing, however often the
/// public asks.
/// </summary>
sealed class ServiceHealth(IProxyStateLookup proxy, string service) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            proxy.TryGetCluster(service, out var cluster)
            && cluster.Destinations.Values.Any(replica => replica.Health.Active == DestinationHealth.Healthy)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"No replica of {service} is healthy."));
}

public static class ServicesHealth
{
    public static void AddServicesHealth(this WebApplicationBuilder builder)
    {
        var checks = builder.Services.AddHealthChecks();
        foreach (var cluster in builder.Configuration.GetSection("ReverseProxy:Clusters").GetChildren())
            checks.Add(new HealthCheckRegistration(
                cluster.Key, services => new ServiceHealth(services.GetRequiredService<IProxyStateLookup>(), cluster.Key), null, null));
    }
}
