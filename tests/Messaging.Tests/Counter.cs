using Dapper;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Messaging.Tests;

/// <summary>The smallest service that has an outbox and an inbox: it counts what it is asked to count.</summary>
public sealed class Counter : ServersFixture
{
    readonly List<WebApplication> instances = [];

    public TestBroker Broker { get; private set; } = null!;

    /// <summary>What lies between the instances and the broker.</summary>
    public Wire Wire { get; private set; } = null!;

    public TestDatabase Database { get; private set; } = null!;

    public TestClock Clock { get; } = new(new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public NpgsqlDataSource Db => Database.Source;

    public Work Work => instances[0].Services.GetRequiredService<Work>();

    public async Task Say(object message, DateTimeOffset? notBefore = null)
    {
        await using var work = await Work.Begin(TestContext.Current.CancellationToken);
        work.Publish(message, notBefore);
        await work.Commit();
    }

    public async Task<long> Rows(string table, string condition = "true")
    {
        await using var connection = await Db.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {table} where {condition}");
    }

    public async Task Do(string sql, object? parameters = null)
    {
        await using var connection = await Db.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public Task Relayed() => Eventually.Passes(async () => (await Rows("outbox")).ShouldBe(0));

    protected override async Task Start()
    {
        Broker = await TestBroker.Create();
        Wire = new Wire(Broker.Address);
        Database = await TestDatabase.Create(typeof(UnitOfWork).Assembly);
        await Do("create table counted (number int not null)");
        await StartInstance();
    }

    /// <summary>One more, as when the service is replicated.</summary>
    public async Task StartInstance()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:counterdb"] = Database.ConnectionString,
            ["ConnectionStrings:rabbitmq"] = Wire.Address,
            ["Messaging:Prefix"] = Broker.Prefix,
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddServiceDefaults();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        builder.AddNpgsqlDataSource("counterdb");
        builder.AddOutbox();
        builder.AddMessaging("counter", bus => bus.AddConsumer<CountConsumer>());

        var app = builder.Build();
        instances.Add(app);
        await app.StartAsync();
        var control = app.Services.GetRequiredService<IBusControl>();
        await control.WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromMinutes(2));
        Broker.Owns(control, typeof(Counter).Assembly);
    }

    protected override async Task Stop()
    {
        foreach (var instance in instances)
            await instance.DisposeAsync();
        await Wire.DisposeAsync();
        await Database.DisposeAsync();
        await Broker.DisposeAsync();
    }
}

/// <summary>Asks to count a number.</summary>
public sealed record Count(int Number);

/// <summary>A number was counted.</summary>
public sealed record Counted(int Number);

/// <summary>Nobody receives this, and somebody must.</summary>
[MustArrive]
public sealed record CountNowhere(int Number);

public sealed class CountConsumer(Work work) : IConsumer<Count>
{
    public async Task Consume(ConsumeContext<Count> context)
    {
        await using var unit = await work.Begin(context);
        if (unit.IsRepeat)
            return;

        await unit.Connection.ExecuteAsync("insert into counted (number) values (@Number)", context.Message, unit.Transaction);
        unit.Publish(new Counted(context.Message.Number));
        await unit.Commit();
    }
}
