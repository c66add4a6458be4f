using System.Globalization;

namespace MiStore.Bench;

/// <summary>What the figures were measured on; without it they mean nothing.</summary>
/// <param name="MemoryGiB">What this process may use.</param>
/// <param name="Load">Load average of the last minute when the run began; null where the system does not tell.</param>
sealed record Machine(int Cores, int MemoryGiB, string Runtime, string PostgreSql, string Durability, double? Load)
{
    public static Machine This(string postgreSql, string durability) => new(
        Environment.ProcessorCount, (int)Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30)),
        $".NET {Environment.Version}", postgreSql, durability, LoadNow());

    /// <summary>Runnable and waiting threads per the last minute: above the number of cores, somebody else was working too.</summary>
    public static double? LoadNow() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;

    public override string ToString() =>
        $"{Cores} cores, {MemoryGiB} GiB, {Runtime}, PostgreSQL {PostgreSql} ({Durability}), load average {Load?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown"}";
}
