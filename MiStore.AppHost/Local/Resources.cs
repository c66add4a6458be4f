namespace Aspire.Hosting.ApplicationModel;

// The nouns of AppHost.cs, as far as it names them. Ports and passwords are filled in when the stack starts, so
// everything that is made of them (connection strings, URLs) is asked for late.

public interface IResource
{
    string Name { get; }
}

/// <summary>A resource that others reach by a connection string, handed on as <c>ConnectionStrings__{name}</c>.</summary>
public interface IResourceWithConnectionString : IResource
{
    internal string ConnectionString { get; }
}

/// <summary>A program that takes arguments.</summary>
public interface IResourceWithArgs : IResource
{
    internal List<string> Arguments { get; }
}

public interface IResourceBuilder<out T> where T : IResource
{
    T Resource { get; }
}

/// <summary>A server program of this machine that the stack runs for itself.</summary>
public abstract class ServerResource(string name) : IResourceWithConnectionString
{
    public string Name { get; } = name;

    internal int Port { get; set; }

    internal string Password { get; set; } = "";

    internal abstract string ConnectionString { get; }

    string IResourceWithConnectionString.ConnectionString => ConnectionString;
}

public sealed class PostgresServerResource(string name) : ServerResource(name), IResourceWithArgs
{
    internal const string User = "postgres";

    internal List<PostgresDatabaseResource> Databases { get; } = [];

    internal List<string> Arguments { get; } = [];

    List<string> IResourceWithArgs.Arguments => Arguments;

    internal override string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={User};Password={Password}";
}

public sealed class PostgresDatabaseResource(string name, PostgresServerResource server) : IResourceWithConnectionString
{
    public string Name { get; } = name;

    internal PostgresServerResource Server { get; } = server;

    string IResourceWithConnectionString.ConnectionString => $"{Server.ConnectionString};Database={Name}";
}

public sealed class RedisResource(string name) : ServerResource(name)
{
    internal override string ConnectionString => $"127.0.0.1:{Port},password={Password}";
}

public sealed class RabbitMQServerResource(string name) : ServerResource(name)
{
    internal const string User = "mistore";

    /// <summary>Where the Erlang node listens for its own kind; nobody else calls there.</summary>
    internal int NodePort { get; set; }

    internal override string ConnectionString => $"amqp://{User}:{Password}@127.0.0.1:{Port}";
}

/// <summary>A value of the whole stack, such as a secret that several services share.</summary>
public sealed class ParameterResource(string name, Func<string> value) : IResource
{
    public string Name { get; } = name;

    internal string Value => value();
}

/// <summary>How to make up a parameter that nobody has given.</summary>
public sealed class GenerateParameterDefault
{
    public int MinLength { get; set; } = 22;

    public bool Special { get; set; } = true;
}

public sealed class ProjectResource(string name, IProjectMetadata project) : IResourceWithArgs
{
    public string Name { get; } = name;

    internal IProjectMetadata Project { get; } = project;

    internal string? Endpoint { get; set; }

    /// <summary>The port that AppHost.cs asks for; without one, each replica gets a free one.</summary>
    internal int? FixedPort { get; set; }

    /// <summary>Whether people's browsers reach it by the machine's name, and not only the other services.</summary>
    internal bool IsExternal { get; set; }

    internal string? HealthPath { get; set; }

    internal int Replicas { get; set; } = 1;

    internal List<string> Arguments { get; } = [];

    List<string> IResourceWithArgs.Arguments => Arguments;

    internal bool IsStartedByHand { get; set; }

    /// <summary>One port a replica.</summary>
    internal List<int> Ports { get; } = [];

    internal List<IResource> WaitsFor { get; } = [];

    /// <summary>Later entries win, as in Aspire.</summary>
    internal List<Func<IEnumerable<(string Name, string Value)>>> Environment { get; } = [];

    internal string Url(int replica) => $"http://{(IsExternal ? "localhost" : "127.0.0.1")}:{Ports[replica]}";
}

/// <summary>The address of a project, known once the stack starts.</summary>
public sealed class EndpointReference(ProjectResource project)
{
    public string Url => project.Url(0);
}
