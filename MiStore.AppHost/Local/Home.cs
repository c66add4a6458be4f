using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace MiStore.Local;

/// <summary>
/// The folder that holds everything a stack keeps: data, logs, passwords, ports, state. <c>MISTORE_HOME</c> names it,
/// <c>.mistore/</c> at the root of the repository is the default. Two homes are two stacks that know nothing of each other.
/// </summary>
sealed class Home(string folder)
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Below the range from which the system takes the ports of outgoing connections: a server that restarts finds
    // its port as it left it.
    const int FirstPort = 18_000, LastPort = 31_999;

    readonly Lock gate = new();
    readonly PortClaims claims = new();

    public string Folder { get; } = folder;

    public string StateFile => Path.Combine(Folder, "state.json");

    public string Log(string name) => Path.Combine(Folder, "logs", $"{name}.log");

    public string Data(string name) => Path.Combine(Folder, name);

    public static Home OfThisStack()
    {
        var chosen = Environment.GetEnvironmentVariable("MISTORE_HOME");
        return new(Path.GetFullPath(string.IsNullOrWhiteSpace(chosen) ? Path.Combine(Repository(), ".mistore") : chosen));
    }

    /// <summary>The folder of MiStore.sln above this program.</summary>
    static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "MiStore.sln")))
                return at.FullName;

        throw new Refusal("this program lies outside its repository; say where to keep data with MISTORE_HOME=/some/folder");
    }

    /// <summary>Makes the home this process's own until it ends, however it ends. Null when another one holds it.</summary>
    public IDisposable? TryLock()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "logs"));
        try
        {
            return new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A password of this home, made up on first use.</summary>
    public string Secret(string name, int length = 32, bool special = false) =>
        Keep("secrets.json", name, kept => kept ?? Random(length, special));

    /// <summary>The port of a name, chosen on first use and kept while it is free.</summary>
    public int Port(string name) =>
        int.Parse(Keep("ports.json", name, kept => kept is not null && Claim(int.Parse(kept), name) ? kept : FreePort(name).ToString()));

    public static string Random(int length, bool special)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
        return RandomNumberGenerator.GetString(special ? letters + "-_.{}~()*+!" : letters, length);
    }

    public static bool IsFree(int port, IPAddress? at = null)
    {
        try
        {
            using var probe = new TcpListener(at ?? IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException refused)
        {
            // An address that this machine does not have (no IPv6) is nobody's.
            return refused.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;
        }
    }

    // Free now, and nobody else's until our own process listens there, which may be a minute from now.
    bool Claim(int port, string name) => IsFree(port) && claims.TryClaim(port, name);

    int FreePort(string name)
    {
        for (var tries = 0; tries < 1000; tries++)
            if (RandomNumberGenerator.GetInt32(FirstPort, LastPort + 1) is var port && Claim(port, name))
                return port;

        throw new Refusal($"no free port was found between {FirstPort} and {LastPort}; stop something and try again");
    }

    string Keep(string file, string name, Func<string?, string> choose)
    {
        lock (gate)
        {
            var path = Path.Combine(Folder, file);
            var kept = File.Exists(path)
                ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path))!
                : [];
            var before = kept.GetValueOrDefault(name);
            var value = choose(before);
            if (value != before)
            {
                kept[name] = value;
                Write(path, JsonSerializer.Serialize(kept, Indented));
            }

            return value;
        }
    }

    public static void CreatePrivate(string folder) =>
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);

    public static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Replaces a file in one step, readable by its owner only.</summary>
    public static void Write(string path, string text)
    {
        var next = path + ".next";
        using (var file = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
        }))
        using (var writer = new StreamWriter(file))
            writer.Write(text);
        File.Move(next, path, overwrite: true);
    }
}
