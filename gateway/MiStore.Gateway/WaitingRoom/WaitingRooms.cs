using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MiStore.Contracts.Sales;
using MiStore.ServiceDefaults;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>Batches that are sold in turn: tickets before the start, a draw at it, a line behind it.</summary>
public static class WaitingRooms
{
    public static void AddWaitingRooms(this WebApplicationBuilder builder)
    {
        builder.AddRedisClient("redis");
        // Without it the shop sells as ever, except in turn: no reason to take the gateway away as well.
        builder.Services.Configure<HealthCheckServiceOptions>(health =>
        {
            foreach (var check in health.Registrations.Where(check => check.Name.Contains("redis", StringComparison.OrdinalIgnoreCase)))
                check.FailureStatus = HealthStatus.Degraded;
        });
        builder.Services.AddOptions<RoomOptions>().BindConfiguration("WaitingRoom").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(new TicketSeal(builder.Configuration.Required("Tickets:Key")));
        builder.Services.AddSingleton(new PuzzleSeal(builder.Configuration.Required("Tickets:Key")));
        builder.Services.AddSingleton<SaleRooms>();
        builder.Services.AddSingleton<Usher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Usher>());
    }

    public static void AddRoomNews(this IBusRegistrationConfigurator bus) => bus.AddConsumer<RoomNewsConsumer>();

    public static void MapWaitingRooms(this WebApplication app)
    {
        var sales = app.MapGroup("/api/sales").WithTags("Sales");
        sales.AddEndpointFilter(Tally.Around);
        sales.MapListSales();
        sales.MapGetSale();
        sales.MapTakeTicket();
        sales.MapGetTicket();
        sales.MapExtendTurn();
        sales.MapGetRecord();
        sales.MapGetConduct();
        sales.MapGetCalendar();
    }
}
