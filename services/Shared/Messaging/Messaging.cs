using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MiStore.ServiceDefaults;

namespace MiStore.Messaging;

/// <summary>MassTransit over RabbitMQ as every service here uses it.</summary>
public static class Messaging
{
    /// <param name="service">Prefix of the service's queues: catalog-offer-published.</param>
    /// <param name="everyInstance">
    /// True where each instance has to hear everything (a cache to empty): then the queues are the instance's own and
    /// go with it. Else instances share durable quorum queues, and one of them hears each message.
    /// </param>
    public static void AddMessaging(
        this WebApplicationBuilder builder, string service, Action<IBusRegistrationConfigurator> consumers, bool everyInstance = false)
    {
        // Stacks that share a broker keep out of each other's way by a prefix to all of their queues and exchanges.
        var stack = builder.Configuration["Messaging:Prefix"];
        var queuePrefix = stack + (everyInstance ? $"{service}-{Guid.NewGuid():n}" : service);
        var address = new Uri(builder.Configuration.GetConnectionString("rabbitmq")
            ?? builder.Configuration.Required("ConnectionStrings:rabbitmq"));

        builder.Services.AddHostedService<Readers>();
        builder.Services.AddMassTransit(bus =>
        {
            // It would report to its makers what a shop is built of. Nothing here speaks to anybody the operator has not named.
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(queuePrefix, includeNamespace: false));
            // A service answers from its own store while the broker is away, so the broker must not make it unhealthy.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
            consumers(bus);

            bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
            {
                endpoint.PrefetchCount = 256;
                endpoint.ConcurrentMessageLimit = 32;
                // A message that waits for a database to come back is no broken message: over a minute in all.
                endpoint.UseMessageRetry(retry =>
                {
                    retry.Handle<Exception>(Dependencies.IsAway);
                    retry.Exponential(20, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200));
                });
                // One that cannot be digested goes to the error queue soon, with its reason, and does not hold up the others.
                endpoint.UseMessageRetry(retry =>
                {
                    retry.Ignore<Exception>(Dependencies.IsAway);
                    retry.Intervals(100, 500, 2000);
                });
                if (endpoint is not IRabbitMqReceiveEndpointConfigurator queue)
                    return;

                if (everyInstance)
                {
                    // Not transient: newer brokers refuse transient queues that are not exclusive. It goes with its last
                    // reader, and where a broker comes back without one, a minute later.
                    queue.AutoDelete = true;
                    queue.QueueExpiration = TimeSpan.FromMinutes(1);
                }
                else
                {
                    queue.SetQuorumQueue();
                    queue.SetQueueArgument("x-delivery-limit", 20);
                }
            });

            bus.UsingRabbitMq((_, rabbit) =>
            {
                rabbit.Host(address.Host, (ushort)(address.Port > 0 ? address.Port : 5672), "/", service, host =>
                {
                    var user = address.UserInfo.Split(':', 2);
                    host.Username(Uri.UnescapeDataString(user[0]));
                    host.Password(Uri.UnescapeDataString(user.ElementAtOrDefault(1) ?? ""));
                    host.Heartbeat(TimeSpan.FromSeconds(5));
                    host.RequestedConnectionTimeout(TimeSpan.FromSeconds(5));
                    host.ContinuationTimeout(TimeSpan.FromSeconds(5));
                });
                if (!string.IsNullOrEmpty(stack))
                    rabbit.MessageTopology.SetEntityNameFormatter(new PrefixEntityNameFormatter(rabbit.MessageTopology.EntityNameFormatter, stack));
            });
        });
    }

    /// <summary>The outbox, its relay, and units of work on the service's PostgreSQL database.</summary>
    public static void AddOutbox(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<Work>();
        builder.Services.AddHostedService<OutboxRelay>();
    }
}
