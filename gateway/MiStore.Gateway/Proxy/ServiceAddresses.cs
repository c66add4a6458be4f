using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace MiStore.Gateway.Proxy;

/// <summary>
/// Turns <c>http://catalog</c> into the addresses of Catalog's replicas, which the AppHost puts under
/// <c>services:catalog:http:0</c>, <c>1</c>, <c>2</c> and so on, and gives every cluster the same manners.
/// </summary>
public sealed class ServiceAddresses(IConfiguration configuration) : IProxyConfigFilter
{
    static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    // An order's GET may wait ten seconds by request; nothing of ours is silent for longer.
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<string> Of(IConfiguration configuration, string service) =>
        [.. configuration.GetSection($"services:{service}:http").GetChildren().Select(address => address.Value ?? "").Where(address => address != "")];

    /// <summary>A gateway that does not know where a service is should say so in its first second.</summary>
    public static void Check(IConfiguration configuration, IConfigurationSection clusters)
    {
        var missing = clusters.GetChildren()
            .SelectMany(cluster => cluster.GetSection("Destinations").GetChildren())
            .Select(destination => new Uri(destination["Address"]!).Host)
            .Where(service => Of(configuration, service).Count == 0)
            .ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException(
                $"No address for {string.Join(", ", missing)}: the setting services:{missing[0]}:http:0 is missing. The AppHost supplies it; see AppHost.cs.");
    }

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var replicas = cluster.Destinations!.Values
            .Select(destination => new Uri(destination.Address).Host)
            .SelectMany(service => Of(configuration, service).Select((address, i) => (Id: $"{service}-{i}", Address: address)))
            .ToDictionary(replica => replica.Id, replica => new DestinationConfig { Address = replica.Address });

        return ValueTask.FromResult(cluster with
        {
            Destinations = replicas,
            LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
            HttpRequest = new ForwarderRequestConfig
            {
                Version = new Version(1, 1),
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                ActivityTimeout = Silence,
            },
            HealthCheck = new HealthCheckConfig
            {
                // When none looks well we still ask one: a wrong suspicion must not close the shop.
                AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
                Active = new ActiveHealthCheckConfig
                {
                    Enabled = true,
                    Interval = ProbeInterval,
                    Timeout = TimeSpan.FromSeconds(2),
                    Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                    Path = "/health",
                },
                Passive = new PassiveHealthCheckConfig
                {
                    Enabled = true,
                    Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
                    ReactivationPeriod = TimeSpan.FromSeconds(2),
                },
            },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) =>
        ValueTask.FromResult(route);
}
