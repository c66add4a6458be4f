using System.Globalization;

namespace MiStore.Journeys.Tests;

/// <summary>Asked of the kernel, which knows better than any setting who listens where.</summary>
public sealed class Only_the_gateway_is_reachable(Store store)
{
    const string Listening = "0A";
    const string Loopback4 = "0100007F";
    const string Loopback6 = "00000000000000000000000001000000";

    [Fact]
    public void Everything_else_listens_on_the_loopback_address_alone()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux tells in /proc who listens.");

        var sockets = Family(store.Stack.ProcessId).SelectMany(SocketsOf).ToHashSet();
        var listeners = Listeners("/proc/net/tcp").Concat(Listeners("/proc/net/tcp6")).Where(one => sockets.Contains(one.Socket)).ToList();

        listeners.Select(one => one.Port).ShouldContain(store.Stack.Url.Port);
        listeners.Where(one => one.Port != store.Stack.Url.Port).Select(one => one.Address).Distinct().ShouldBe([Loopback4]);
        // As long as nobody has said MISTORE_BIND, not even the gateway is for others than this machine.
        listeners.Where(one => one.Port == store.Stack.Url.Port).Select(one => one.Address).Distinct()
            .ShouldBeSubsetOf([Loopback4, Loopback6]);

        // Four services, the sandbox, the three servers and what RabbitMQ has for its own kind: none was overlooked.
        foreach (var resource in store.Stack.Resources().Where(one => one.Url is not null))
            listeners.Select(one => one.Port).ShouldContain(new Uri(resource.Url!).Port, resource.Name);
    }

    static IEnumerable<int> Family(int parent)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var pid) && Read($"{folder}/stat") is { } stat)
                // The name in brackets may hold anything; after it come the state and the parent.
                parents[pid] = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);

        return parents.Keys.Where(pid =>
        {
            for (var at = pid; at > 1; at = parents.GetValueOrDefault(at))
                if (at == parent)
                    return true;
            return false;
        });
    }

    static IEnumerable<string> SocketsOf(int pid)
    {
        string[] files;
        try
        {
            files = Directory.GetFileSystemEntries($"/proc/{pid}/fd");
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return [];
        }

        return files.Select(file =>
        {
            try
            {
                return File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name ?? "";
            }
            catch (IOException)
            {
                return "";
            }
        }).Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]);
    }

    static IEnumerable<(string Address, int Port, string Socket)> Listeners(string table) => File.ReadLines(table).Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(columns => columns[3] == Listening)
        .Select(columns => (Local: columns[1].Split(':'), Socket: columns[9]))
        .Select(row => (row.Local[0], int.Parse(row.Local[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture), row.Socket));

    static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
