using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace MiStore.Local;

/// <summary>One RabbitMQ node without plugins and without epmd, the daemon by which Erlang nodes find each other.</summary>
sealed class RabbitMqServer(RabbitMQServerResource rabbitmq, Home home) : Workload(rabbitmq.Name, "rabbitmq", rabbitmq, home)
{
    readonly string program = Programs.Require(Programs.RabbitMq, "RabbitMQ", "rabbitmq-server");

    public override string Url => $"amqp://127.0.0.1:{rabbitmq.Port}";

    public override TimeSpan StopsWithin => TimeSpan.FromSeconds(30);

    string Folder => Home.Data(Name);

    string Settings => Path.Combine(Folder, "rabbitmq.conf");

    string Plugins => Path.Combine(Folder, "enabled_plugins");

    string Nothing => Path.Combine(Folder, "rabbitmq-env.conf");

    // The user is made when the node first starts, and stays; the password in the file is the same for good.
    public override Task Prepare(CancellationToken cancellation)
    {
        Home.CreatePrivate(Folder);
        Home.Write(Settings, $"""
            listeners.tcp.1 = 127.0.0.1:{rabbitmq.Port}
            default_user = {RabbitMQServerResource.User}
            default_pass = {rabbitmq.Password}
            log.console = true
            log.file = false

            """);
        Home.Write(Plugins, "[].\n");
        Home.Write(Nothing, "");
        return Task.CompletedTask;
    }

    public override Launch Launch() => new([program], Folder, new Dictionary<string, string?>
    {
        // Erlang keeps the key that lets nodes talk to each other here, readable by its owner only.
        ["HOME"] = Folder,
        ["RABBITMQ_NODENAME"] = "mistore@localhost",
        ["RABBITMQ_CONF_ENV_FILE"] = Nothing,
        ["RABBITMQ_CONFIG_FILE"] = Settings,
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Plugins,
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(Folder, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_PID_FILE"] = Path.Combine(Folder, "pid"),
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = rabbitmq.Port.ToString(),
        ["RABBITMQ_DIST_PORT"] = rabbitmq.NodePort.ToString(),
        // The start script becomes the server instead of watching over it: our signals and its death are the server's own.
        ["RUNNING_UNDER_SYSTEMD"] = "true",
        ["NOTIFY_SOCKET"] = null,
        // Named from its first moment, on a known port, the node needs no epmd and starts none; nothing answers on port 1.
        ["ERL_EPMD_PORT"] = "1",
        // Schedulers that spin a little before they sleep (Erlang's own default): on a small virtual machine the node
        // starts in 2 to 4 seconds instead of 8, and uses under 1 % of a core when idle.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
            $"-sname mistore@localhost -start_epmd false -erl_epmd_port {rabbitmq.NodePort} " +
            "-kernel inet_dist_use_interface {127,0,0,1} +sbwt medium +sbwtdcpu short +sbwtdio short",
    });

    /// <summary>Greets a client. The node opens this port last, when everything else has started.</summary>
    public override async Task<bool> IsHealthy(CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, rabbitmq.Port, cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellation);

        const byte method = 1;
        var frame = new byte[1];
        await stream.ReadExactlyAsync(frame, cancellation);
        return frame[0] == method;
    }
}
