using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MiStore.Local;

/// <summary>
/// A process that can be told from a later one with the same number: its id and when it started. Only what is still the
/// same process is ever signalled.
/// </summary>
sealed record ProcessIdentity(int Pid, string Started)
{
    public static ProcessIdentity Current => Of(Environment.ProcessId)!;

    public bool IsAlive => Of(Pid) == this;

    /// <summary>Null when no such process runs. A process that has ended and is not yet collected counts as gone.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OnLinux(pid) : Elsewhere(pid);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Signal(Signal signal)
    {
        if (IsAlive)
            _ = kill(Pid, (int)signal);
    }

    /// <summary>Signals what the process has started, too: each child of Local leads a group of its own.</summary>
    public void KillGroup()
    {
        if (!IsAlive)
            return;

        _ = kill(-Pid, (int)Local.Signal.Kill);
        _ = kill(Pid, (int)Local.Signal.Kill);
    }

    public async Task<bool> HasEnded(TimeSpan within)
    {
        for (var waited = Stopwatch.StartNew(); IsAlive; await Task.Delay(50))
            if (waited.Elapsed > within)
                return false;
        return true;
    }

    static ProcessIdentity? OnLinux(int pid)
    {
        // The name of the program stands in brackets and may hold anything, so count from behind the last one.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int state = 0, startTicks = 19;
        return fields[state] is "Z" or "X" ? null : new(pid, $"{Boot.Value}/{fields[startTicks]}");
    }

    // Start ticks count from the boot of the machine.
    static readonly Lazy<string> Boot = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    static ProcessIdentity Elsewhere(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return new(pid, process.StartTime.ToUniversalTime().ToString("s", CultureInfo.InvariantCulture));
    }

    [DllImport("libc", SetLastError = true)]
    static extern int kill(int pid, int signal);
}

enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}
