using MiStore.Gateway.Shelf;
using Yarp.ReverseProxy.Transforms;

namespace MiStore.Gateway.Proxy;

/// <summary>The way to the services. Routes and clusters are configuration; what holds for all of them is here.</summary>
public static class Proxy
{
    public static void AddProxy(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetRequiredSection("ReverseProxy");
        ServiceAddresses.Check(builder.Configuration, section.GetSection("Clusters"));

        builder.Services.AddSingleton<Services>();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(section)
            .AddConfigFilter<ServiceAddresses>()
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
            })
            .AddTransforms(route =>
            {
                ForwardedRequest.Shape(route);
                ShelfLife.Read(route);
                // Which server a service runs on is not the public's business.
                route.AddResponseHeaderRemove("Server", ResponseCondition.Always);
            });
    }

    public static void MapProxy(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.UseUnanswered();
        proxy.UseAnotherReplica();
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    });
}
