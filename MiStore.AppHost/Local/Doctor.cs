using System.Reflection;

namespace MiStore.Local;

/// <summary>Whether this machine can run the store: a line for each thing, and what to do about it.</summary>
static class Doctor
{
    const long EnoughMemory = 2L << 30, EnoughDisk = 2L << 30;

    public static int Run(Home home)
    {
        (string Name, string? Found, string Cure)[] checks =
        [
            (".NET", Environment.Version.Major >= 10 ? Environment.Version.ToString() : null, "install the .NET 10 SDK from https://dot.net/download"),
            ("PostgreSQL", Programs.Postgres, Apt("postgresql")),
            ("Redis", Programs.Redis, Apt("redis-server")),
            ("RabbitMQ", Programs.RabbitMq, Apt("rabbitmq-server")),
            ("children end with the AppHost", Programs.Find("setpriv"), "without setpriv (Linux, util-linux) a killed AppHost leaves its children to the next start"),
            ("port", Port(home, out var port), $"port {port} is taken: stop what listens there, or set MISTORE_PORT"),
            ("memory", AtLeast(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, EnoughMemory), "the store needs about 2 GiB"),
            ("disk", AtLeast(FreeDisk(home.Folder), EnoughDisk), $"fewer than 2 GiB are free for {home.Folder}; free some, or set MISTORE_HOME"),
            ("home", home.Folder, ""),
            ("hosting", $"Local, because {typeof(Doctor).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "HostingReason").Value}", ""),
        ];
        foreach (var (name, found, cure) in checks)
            Console.WriteLine(found is null ? $"✗ {name}: {cure}" : $"✓ {name}: {found}");
        return checks.All(check => check.Found is not null) ? 0 : 1;
    }

    static string Apt(string package) => $"run `sudo apt-get install --no-install-recommends {package}`, or install it as your system does";

    static string? Port(Home home, out int port)
    {
        port = int.TryParse(Environment.GetEnvironmentVariable("MISTORE_PORT"), out var chosen) ? chosen : 8080;
        if (StackStatus.Read(home) is { IsRunning: true, Url: { } url })
            return $"{url} is this store's own";
        return Home.IsFree(port) ? $"{port} is free" : null;
    }

    static string? AtLeast(long bytes, long enough) => bytes >= enough ? $"{bytes / (double)(1L << 30):0.0} GiB" : null;

    static long FreeDisk(string folder)
    {
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        return new DriveInfo(folder).AvailableFreeSpace;
    }
}
