using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MiStore.Local;

namespace MiStore.AppHost.Tests;

/// <summary>A gateway that waits for a catalog that waits for a database, and a cart that waits for Redis.</summary>
public sealed class The_order_of_things
{
    readonly LocalApplicationBuilder builder = new([], new Home("/nowhere"));

    public The_order_of_things()
    {
        var database = builder.AddPostgres("postgres").AddDatabase("catalogdb");
        var redis = builder.AddRedis("redis");
        var catalog = builder.AddProject<AProject>("catalog").WaitFor(database);
        builder.AddProject<AProject>("cart").WaitFor(redis);
        builder.AddProject<AProject>("gateway").WaitFor(catalog);
    }

    [Fact]
    public void What_nobody_waits_for_stops_first_and_the_servers_last() =>
        string.Join(", then ", StopOrder.Of([.. builder.Resources.Select(resource => new AWorkload(resource))])
                .Select(layer => string.Join(" and ", layer.Select(workload => workload.Name).Order())))
            .ShouldBe("gateway, then cart and catalog, then postgres and redis");

    [Fact]
    public void A_selection_brings_what_it_stands_on() => Selected("gateway").ShouldBe(["postgres", "catalog", "gateway"]);

    [Fact]
    public void A_database_brings_its_server() => Selected("catalogdb", "redis").ShouldBe(["postgres", "redis"]);

    [Fact]
    public void No_selection_is_everything() => Selection.Of(builder.Resources, null).Count.ShouldBe(5);

    [Fact]
    public void What_is_started_by_hand_is_not_started_here()
    {
        builder.AddProject<AProject>("run-10000-buyers").WithArgs("--buyers", "10000").WithExplicitStart();

        builder.Build();

        Selection.Of(builder.Resources, null).ShouldNotContain(resource => resource.Name == "run-10000-buyers");
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_that_there_are() =>
        Should.Throw<Refusal>(() => Selected("postgers")).Message.ShouldContain("postgres, redis, catalog");

    IEnumerable<string> Selected(params string[] names) => Selection.Of(builder.Resources, names).Select(one => one.Name);

    sealed class AWorkload(IResource resource) : Workload(resource.Name, "", resource, new Home("/nowhere"))
    {
        public override string Url => "";

        public override Launch Launch() => throw new NotSupportedException();

        public override Task<bool> IsHealthy(CancellationToken cancellation) => throw new NotSupportedException();
    }

    sealed class AProject : IProjectMetadata
    {
        public string ProjectPath => "/nowhere/AProject.csproj";

        public string AssemblyPath => "/nowhere/AProject.dll";
    }
}
