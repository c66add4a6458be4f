using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MiStore.Local;

namespace MiStore.AppHost.Tests;

public sealed class A_project_is_told
{
    readonly LocalApplicationBuilder builder = new([], new Home("/nowhere"));

    [Fact]
    public void Where_its_database_is() => EnvironmentOf(builder.AddProject<AProject>("catalog")
            .WithReference(Postgres().AddDatabase("catalogdb")))
        .ShouldContainKeyAndValue("ConnectionStrings__catalogdb", "Host=127.0.0.1;Port=5432;Username=postgres;Password=secret;Database=catalogdb");

    [Fact]
    public void Where_every_replica_of_another_one_is()
    {
        var catalog = builder.AddProject<AProject>("catalog").WithHttpEndpoint().WithReplicas(2);
        catalog.Resource.Ports.AddRange([5001, 5002]);

        var told = EnvironmentOf(builder.AddProject<AProject>("gateway").WithReference(catalog));

        told.ShouldContainKeyAndValue("services__catalog__http__0", "http://127.0.0.1:5001");
        told.ShouldContainKeyAndValue("services__catalog__http__1", "http://127.0.0.1:5002");
    }

    [Fact]
    public void Its_own_address_and_not_the_one_of_the_AppHost()
    {
        var told = ProjectProcess.Compose(
            ["PATH", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_LAUNCH_PROFILE"], "Development", "http://127.0.0.1:5001", []);

        told.ShouldContainKeyAndValue("ASPNETCORE_URLS", "http://127.0.0.1:5001");
        told["ASPNETCORE_HTTP_PORTS"].ShouldBeNull();
        told["DOTNET_LAUNCH_PROFILE"].ShouldBeNull();
        told.ShouldNotContainKey("PATH");
    }

    [Fact]
    public void The_last_of_two_values() => EnvironmentOf(builder.AddProject<AProject>("catalog")
            .WithEnvironment("Colour", "red").WithEnvironment("Colour", "orange"))
        .ShouldContainKeyAndValue("Colour", "orange");

    [Fact]
    public void Nothing_that_it_could_not_be_told() => Should.Throw<InvalidOperationException>(() =>
            builder.AddProject<AProject>("catalog").WithHttpHealthCheck("/health"))
        .Message.ShouldContain("WithHttpEndpoint");

    IResourceBuilder<PostgresServerResource> Postgres()
    {
        var postgres = builder.AddPostgres("postgres");
        (postgres.Resource.Port, postgres.Resource.Password) = (5432, "secret");
        return postgres;
    }

    static Dictionary<string, string?> EnvironmentOf(IResourceBuilder<ProjectResource> project) =>
        ProjectProcess.Compose([], "Development", "http://127.0.0.1:5000", project.Resource.Environment);

    sealed class AProject : IProjectMetadata
    {
        public string ProjectPath => "/nowhere/AProject.csproj";

        public string AssemblyPath => "/nowhere/AProject.dll";
    }
}
