using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MiStore.Local;

namespace Aspire.Hosting;

/// <summary>Where a referenced project is and what it builds; the build writes one for each (Local.targets).</summary>
public interface IProjectMetadata
{
    string ProjectPath { get; }

    string AssemblyPath { get; }
}

public interface IDistributedApplicationBuilder
{
    ConfigurationManager Configuration { get; }

    IHostEnvironment Environment { get; }

    DistributedApplication Build();
}

/// <summary>The system that AppHost.cs describes, run from programs of this machine.</summary>
public sealed class DistributedApplication
{
    readonly LocalApplicationBuilder builder;

    internal DistributedApplication(LocalApplicationBuilder builder) => this.builder = builder;

    /// <summary>Takes a description, or carries out a command of <c>./mistore</c> (status, down, ...) and ends the process.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        Refusal.EndsTheProcessInOneLine();
        var home = Home.OfThisStack();
        Commands.RunIfAsked(args, home);
        return new LocalApplicationBuilder(args, home);
    }

    /// <summary>Runs until Ctrl-C or SIGTERM. The exit code is 1 when the stack could not start.</summary>
    public void Run() => Environment.ExitCode = new Stack(builder).Run().GetAwaiter().GetResult();
}

sealed class LocalApplicationBuilder : IDistributedApplicationBuilder
{
    readonly HostApplicationBuilder host;

    public LocalApplicationBuilder(string[] args, Home home)
    {
        host = new HostApplicationBuilder(args);
        Home = home;
        Only = host.Configuration["only"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    public Home Home { get; }

    /// <summary>The resources that <c>--only a,b</c> names; null for all.</summary>
    public string[]? Only { get; }

    public List<IResource> Resources { get; } = [];

    public ConfigurationManager Configuration => host.Configuration;

    public IHostEnvironment Environment => host.Environment;

    public DistributedApplication Build()
    {
        Resources.RemoveAll(resource => resource is ProjectResource { IsStartedByHand: true });
        return new(this);
    }
}
