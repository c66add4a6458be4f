using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>
/// The verbs of AppHost.cs, with the signatures that Aspire 13.5 gives them. A call that is not here does not compile
/// in a Local build, which is the point: nothing is accepted and then not done.
/// </summary>
public static class Verbs
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name) =>
        builder.Add(new PostgresServerResource(name));

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> server, string name)
    {
        var database = new PostgresDatabaseResource(name, server.Resource);
        server.Resource.Databases.Add(database);
        return new ResourceBuilder<PostgresDatabaseResource>(database);
    }

    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name) =>
        builder.Add(new RedisResource(name));

    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name) =>
        builder.Add(new RabbitMQServerResource(name));

    /// <summary>Says which image a container comes from. Local runs the version that the machine has installed.</summary>
    public static IResourceBuilder<PostgresServerResource> WithImageTag(
        this IResourceBuilder<PostgresServerResource> server, string tag) => server;

    /// <summary>Keeps a container's data. Local always keeps it, in the stack's home.</summary>
    public static IResourceBuilder<T> WithDataVolume<T>(this IResourceBuilder<T> server) where T : ServerResource => server;

    /// <summary>Makes a container's Redis write to disk. Local always does, with an append-only file.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> redis) => redis;

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, GenerateParameterDefault value,
        bool secret = false, bool persist = false)
    {
        var home = ((LocalApplicationBuilder)builder).Home;
        var made = new Lazy<string>(() => persist
            ? home.Secret(name, value.MinLength, value.Special)
            : MiStore.Local.Home.Random(value.MinLength, value.Special));
        return new ResourceBuilder<ParameterResource>(new ParameterResource(name, () => made.Value));
    }

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.Add(new ProjectResource(name, new TProject()));

    public static IResourceBuilder<ProjectResource> WithHttpEndpoint(
        this IResourceBuilder<ProjectResource> project, int? port = null, string name = "http") => project.With(it =>
        {
            it.Endpoint = name;
            it.FixedPort = port;
        });

    public static IResourceBuilder<ProjectResource> WithExternalHttpEndpoints(this IResourceBuilder<ProjectResource> project) =>
        project.With(it => it.IsExternal = true);

    /// <exception cref="InvalidOperationException">The project has no HTTP endpoint yet.</exception>
    public static IResourceBuilder<ProjectResource> WithHttpHealthCheck(
        this IResourceBuilder<ProjectResource> project, string? path = null) => project.With(it =>
            it.HealthPath = it.Endpoint is null
                ? throw new InvalidOperationException($"{it.Name} needs WithHttpEndpoint before WithHttpHealthCheck.")
                : path ?? "/");

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> project, int replicas) =>
        project.With(it => it.Replicas = replicas);

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> program, params string[] args) where T : IResourceWithArgs
    {
        program.Resource.Arguments.AddRange(args);
        return program;
    }

    /// <summary>It runs when somebody says so on Aspire's dashboard. Local has none, so here it does not: ./mistore has a word for it.</summary>
    public static IResourceBuilder<ProjectResource> WithExplicitStart(this IResourceBuilder<ProjectResource> project) =>
        project.With(it => it.IsStartedByHand = true);

    /// <summary>Keeps it out of a deployment's manifest. Local writes none.</summary>
    public static IResourceBuilder<ProjectResource> ExcludeFromManifest(this IResourceBuilder<ProjectResource> project) => project;

    /// <exception cref="InvalidOperationException">The project has no endpoint of that name.</exception>
    public static EndpointReference GetEndpoint(this IResourceBuilder<ProjectResource> project, string name) =>
        project.Resource.Endpoint == name
            ? new EndpointReference(project.Resource)
            : throw new InvalidOperationException($"{project.Resource.Name} has no endpoint called {name}.");

    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> project, string name, string? value) =>
        project.WithEnvironment(() => [(name, value ?? "")]);

    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> project, string name, IResourceBuilder<ParameterResource> parameter) =>
        project.WithEnvironment(() => [(name, parameter.Resource.Value)]);

    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> project, string name, EndpointReference endpoint) =>
        project.WithEnvironment(() => [(name, endpoint.Url)]);

    public static IResourceBuilder<ProjectResource> WithReference(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<IResourceWithConnectionString> source) =>
        project.WithEnvironment(() => [($"ConnectionStrings__{source.Resource.Name}", source.Resource.ConnectionString)]);

    /// <summary>Tells a project where another one is: <c>services__catalog__http__0</c>, and one more for each replica.</summary>
    public static IResourceBuilder<ProjectResource> WithReference(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<ProjectResource> source) =>
        project.WithEnvironment(() => source.Resource.Ports.Select((_, replica) =>
            ($"services__{source.Resource.Name}__{source.Resource.Endpoint}__{replica}", source.Resource.Url(replica))));

    public static IResourceBuilder<ProjectResource> WaitFor(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<IResource> dependency) =>
        project.With(it => it.WaitsFor.Add(dependency.Resource));

    static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> project, Func<IEnumerable<(string, string)>> values) =>
        project.With(it => it.Environment.Add(values));

    static IResourceBuilder<ProjectResource> With(this IResourceBuilder<ProjectResource> project, Action<ProjectResource> change)
    {
        change(project.Resource);
        return project;
    }

    static ResourceBuilder<T> Add<T>(this IDistributedApplicationBuilder builder, T resource) where T : IResource
    {
        ((LocalApplicationBuilder)builder).Resources.Add(resource);
        return new ResourceBuilder<T>(resource);
    }

    sealed record ResourceBuilder<T>(T Resource) : IResourceBuilder<T> where T : IResource;
}
