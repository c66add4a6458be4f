using System.Diagnostics;

namespace MiStore.Local;

/// <summary>Where this machine keeps the programs that a stack needs.</summary>
static class Programs
{
    static readonly string[] Elsewhere = ["/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin", "/opt/homebrew/sbin"];

    /// <summary>The newest PostgreSQL of those that Debian installs side by side, or the one on the path.</summary>
    public static string? Postgres => OfPostgres("postgres");

    public static string? Redis => Find("redis-server");

    // Debian's own rabbitmq-server changes to another user and folder; the program behind it does as it is told.
    public static string? RabbitMq => Existing("/usr/lib/rabbitmq/bin/rabbitmq-server") ?? Find("rabbitmq-server");

    public static string? Initdb => OfPostgres("initdb");

    /// <summary>The program, or a refusal that says how to get it.</summary>
    public static string Require(string? found, string program, string package) => found ?? throw new Refusal(
        $"{program} is not installed: run `sudo apt-get install --no-install-recommends {package}` (`./mistore up` does it by itself on Debian and Ubuntu)");

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(Elsewhere)
        .Select(folder => Existing(Path.Combine(folder, program)))
        .FirstOrDefault(found => found is not null);

    /// <summary>Runs a program to its end. What it wrote is the refusal when it fails.</summary>
    public static async Task Run(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw new Refusal($"{command[0]} failed: {(await error + await output).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static string? OfPostgres(string program) =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .OrderByDescending(version => double.TryParse(Path.GetFileName(version), out var number) ? number : 0)
        .Select(version => Existing(Path.Combine(version, "bin", program)))
        .FirstOrDefault(found => found is not null) ?? Find(program);

    static string? Existing(string path) => File.Exists(path) ? path : null;
}
