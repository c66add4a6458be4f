using System.Globalization;
using MiStore.Testing;

namespace MiStore.Bench.Purchases;

/// <summary>
/// The time on a processor that each part of a store has taken, buyers included: steadier than any rate on a machine that others
/// use too, and it says where to look.
/// </summary>
static class Effort
{
    // USER_HZ, which Linux has fixed for what it shows of itself.
    const double TicksPerSecond = 100;

    public const string Buyers = "buyers";

    /// <returns>Seconds since each began, by name; replicas of a service are one. Empty where there is no /proc.</returns>
    public static Dictionary<string, double> Of(IReadOnlyList<StackResource> resources)
    {
        var processes = Processes();
        var children = processes.ToLookup(process => process.Value.Parent, process => process.Key);
        var effort = resources.Where(resource => resource.Pid is not null)
            .GroupBy(resource => resource.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('-'))
            .ToDictionary(service => service.Key, service => service.Sum(replica => WithChildren(replica.Pid!.Value)));
        if (processes.TryGetValue(Environment.ProcessId, out var own))
            effort[Buyers] = own.Seconds;
        return effort;

        // PostgreSQL has a process for each connection.
        double WithChildren(int id) => processes.GetValueOrDefault(id).Seconds + children[id].Sum(WithChildren);
    }

    static Dictionary<int, (int Parent, double Seconds)> Processes()
    {
        var processes = new Dictionary<int, (int, double)>();
        foreach (var folder in Directory.Exists("/proc/self") ? Directory.GetDirectories("/proc") : [])
            if (int.TryParse(Path.GetFileName(folder), out var id) && Stat(id) is { } stat)
                processes[id] = stat;
        return processes;
    }

    static (int Parent, double Seconds)? Stat(int id)
    {
        try
        {
            // The name in brackets may hold anything; what follows is fields.
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
            double Seconds(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture) / TicksPerSecond;
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), Seconds(11) + Seconds(12));
        }
        catch (IOException)
        {
            return null; // ended meanwhile
        }
        catch (UnauthorizedAccessException)
        {
            return null; // somebody else's
        }
    }
}
