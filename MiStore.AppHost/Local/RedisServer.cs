using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace MiStore.Local;

/// <summary>Redis with an append-only file, written to disk every second.</summary>
sealed class RedisServer(RedisResource redis, Home home) : Workload(redis.Name, "redis", redis, home)
{
    readonly string program = Programs.Require(Programs.Redis, "Redis", "redis-server");

    public override string Url => $"redis://127.0.0.1:{redis.Port}";

    string Settings => Path.Combine(Home.Data(Name), "redis.conf");

    // In a file that only its owner reads: a command line is for everyone to see.
    public override Task Prepare(CancellationToken cancellation)
    {
        Home.CreatePrivate(Home.Data(Name));
        Home.Write(Settings, $"""
            bind 127.0.0.1
            port {redis.Port}
            requirepass {redis.Password}
            dir "{Home.Data(Name)}"
            appendonly yes
            appendfsync everysec
            save ""

            """);
        return Task.CompletedTask;
    }

    public override Launch Launch() => new([program, Settings], Home.Data(Name), new Dictionary<string, string?>());

    /// <summary>Has read its file back and lets us in.</summary>
    public override async Task<bool> IsHealthy(CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, redis.Port, cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {redis.Password}\r\nPING\r\n"), cancellation);

        var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync(cancellation) == "+OK" && await reader.ReadLineAsync(cancellation) == "+PONG";
    }
}
