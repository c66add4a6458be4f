using System.Text.Json;
using System.Text.Json.Nodes;
using Yarp.ReverseProxy;

namespace MiStore.Gateway.Proxy;

/// <summary>The services as the gateway's own pages see them: over the proxy's connections, and with little patience.</summary>
public sealed class Services(IProxyStateLookup proxy)
{
    /// <summary>The one that serves pages and no API.</summary>
    public const string Storefront = "storefront";

    /// <summary>Those that have a part of the API.</summary>
    public IReadOnlyList<string> Names =>
        [.. proxy.GetClusters().Select(cluster => cluster.ClusterId).Where(name => name != Storefront).Order(StringComparer.Ordinal)];

    /// <summary>What the service says at a path of its own; null when none of its replicas does in time.</summary>
    public async Task<JsonNode?> Read(string service, string path, TimeSpan patience, CancellationToken cancellation)
    {
        if (!proxy.TryGetCluster(service, out var cluster))
            return null;

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        foreach (var replica in cluster.DestinationsState.AvailableDestinations)
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(replica.Model.Config.Address), path));
                using var response = await cluster.Model.HttpClient.SendAsync(request, deadline.Token);
                if (response.IsSuccessStatusCode)
                    return await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(deadline.Token), cancellationToken: deadline.Token);
            }
            catch (Exception fault) when (
                fault is HttpRequestException or IOException or OperationCanceledException or JsonException && !cancellation.IsCancellationRequested)
            {
                // Another replica may do better.
            }

        return null;
    }
}
