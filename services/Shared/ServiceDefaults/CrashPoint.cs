using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace MiStore.ServiceDefaults;

/// <summary>
/// A place in the code where a drill may end the process, as a power failure would: no finally block runs, no buffer is
/// written, no connection says good-bye. Setting <c>CrashPoints:order-committed</c> to 37 ends it at the 37th passing.
/// <c>CrashPoints:File</c> names a JSON file with such settings, so that each life of a process may have its own. Only in
/// Development; anywhere else, and where nothing is set, a point costs one look at a null.
/// </summary>
public static class CrashPoint
{
    static Dictionary<string, Countdown>? armed;

    public static void Pass(string name)
    {
        if (armed is not null)
            Count(name);
    }

    internal static void Arm(IHostEnvironment environment, IConfiguration configuration)
    {
        var settings = configuration.GetSection("CrashPoints");
        if (!environment.IsDevelopment() || !settings.Exists())
            return;

        var points = settings;
        if (settings["File"] is { } file)
            points = new ConfigurationBuilder().AddJsonFile(file, optional: true).Build().GetSection("CrashPoints");
        armed = points.GetChildren()
            .Where(point => int.TryParse(point.Value, out _))
            .ToDictionary(point => point.Key, point => new Countdown { Left = int.Parse(point.Value!) });
    }

    static void Count(string name)
    {
        if (!armed!.TryGetValue(name, out var point) || Interlocked.Decrement(ref point.Left) != 0)
            return;

        Console.Error.WriteLine($"Crash point {name}: this process ends here.");
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // Dying takes a moment, in which this thread must not get any further.
        Thread.Sleep(Timeout.Infinite);
    }

    sealed class Countdown
    {
        public int Left;
    }
}
