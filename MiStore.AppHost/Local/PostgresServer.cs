using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace MiStore.Local;

/// <summary>PostgreSQL with one cluster in the home: passwords only, loopback only, and every commit on disk.</summary>
sealed class PostgresServer(PostgresServerResource postgres, Home home) : Workload(postgres.Name, "postgres", postgres, home)
{
    readonly string program = Programs.Require(Programs.Postgres, "PostgreSQL", "postgresql");

    public override string Url => $"postgresql://127.0.0.1:{postgres.Port}";

    // "Fast" shutdown: sessions are cut off, everything committed is kept.
    public override Signal StopSignal => Signal.Interrupt;

    public override TimeSpan StopsWithin => TimeSpan.FromSeconds(30);

    string Folder => Home.Data(Name);

    string Cluster => Path.Combine(Folder, "data");

    public override async Task Prepare(CancellationToken cancellation)
    {
        if (!Directory.Exists(Cluster))
            await CreateCluster(cancellation);
        await EndTheServerBefore();
    }

    public override Launch Launch() => new(
        [
            program, "-D", Cluster,
            "-c", "listen_addresses=127.0.0.1",
            "-c", $"port={postgres.Port}",
            "-c", "unix_socket_directories=",
            "-c", "fsync=on",
            "-c", "shared_buffers=256MB",
            .. postgres.Arguments,
        ],
        Folder,
        new Dictionary<string, string?>())
    {
        AsUser = ServerUser(),
    };

    /// <summary>Answers queries and has its databases; those that are missing are made.</summary>
    public override async Task<bool> IsHealthy(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection($"{postgres.ConnectionString};Database=postgres;Pooling=false;Timeout=3;Command Timeout=10");
        await connection.OpenAsync(cancellation);

        var existing = new HashSet<string>();
        await using (var query = new NpgsqlCommand("select datname from pg_database", connection))
        await using (var rows = await query.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation))
                existing.Add(rows.GetString(0));

        foreach (var database in postgres.Databases.Where(database => !existing.Contains(database.Name)))
        {
            await using var create = new NpgsqlCommand($"create database \"{database.Name}\"", connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }

        return true;
    }

    async Task CreateCluster(CancellationToken cancellation)
    {
        // Made beside its place and moved there when complete: an interrupted first start is simply done again.
        var unfinished = Path.Combine(Folder, "data.unfinished");
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(Folder);

        var password = Path.Combine(Folder, "password");
        Home.Write(password, postgres.Password);
        if (Environment.IsPrivilegedProcess)
            await Programs.Run(["chown", "-R", "postgres:", Folder], cancellation);
        try
        {
            await Programs.Run(
                [
                    .. ServerUser(), Programs.Require(Programs.Initdb, "PostgreSQL", "postgresql"), "-D", unfinished,
                    "--username", PostgresServerResource.User, "--pwfile", password, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale", OperatingSystem.IsLinux() ? "C.UTF-8" : "C",
                ],
                cancellation);
        }
        finally
        {
            File.Delete(password);
        }

        Directory.Move(unfinished, Cluster);
    }

    /// <summary>
    /// A server that was killed leaves postmaster.pid behind, and the next one gives up when any process of the same user
    /// bears that number by now. So look who bears it: our old server is ended, a stranger only costs us the file.
    /// When nobody does, PostgreSQL clears up better than we could.
    /// </summary>
    async Task EndTheServerBefore()
    {
        var note = Path.Combine(Cluster, "postmaster.pid");
        if (!File.Exists(note) || !int.TryParse(File.ReadLines(note).FirstOrDefault(), out var pid)
            || ProcessIdentity.Of(pid) is not { } bearer)
            return;

        if (!ServesThisCluster(pid, note))
        {
            File.Delete(note);
            return;
        }

        bearer.Signal(Signal.Interrupt);
        if (!await bearer.HasEnded(TimeSpan.FromSeconds(10)))
            bearer.KillGroup();
    }

    // A server's working folder is its cluster, whatever path leads there.
    static bool ServesThisCluster(int pid, string note)
    {
        if (!OperatingSystem.IsLinux())
            return true;

        var seenByIt = $"/proc/{pid}/cwd/postmaster.pid";
        return File.Exists(seenByIt) && File.ReadAllText(seenByIt) == File.ReadAllText(note);
    }

    /// <summary>PostgreSQL refuses to run as root, so root runs it as the user that its package has made.</summary>
    IReadOnlyList<string> ServerUser()
    {
        if (!Environment.IsPrivilegedProcess)
            return [];

        var setpriv = Programs.Require(Programs.Find("setpriv"), "setpriv", "util-linux");
        string[] asPostgres = [setpriv, "--reuid", "postgres", "--regid", "postgres", "--clear-groups"];
        return IsOpenToAll(Folder) ? asPostgres : [.. asPostgres, "--inh-caps", WayIn(), "--ambient-caps", WayIn()];
    }

    // A home under a folder that only root may enter (/root, a build's mktemp -d): the server owns its data but could not
    // walk up to it. It gets that one capability, or the wider one where a container withholds the narrow one.
    static string WayIn()
    {
        const int dacReadSearch = 2;
        var held = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:"))["CapEff:".Length..];
        return (Convert.ToUInt64(held.Trim(), 16) >> dacReadSearch & 1) == 1 ? "+dac_read_search" : "+dac_override";
    }

    static bool IsOpenToAll(string folder)
    {
        for (var at = Directory.GetParent(folder); at is not null; at = at.Parent)
            if (!at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        return true;
    }
}
