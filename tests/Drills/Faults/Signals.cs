using System.Runtime.InteropServices;

namespace MiStore.Drills.Faults;

/// <summary>kill -9, for a process and all that it has started: a server's helpers must not finish its work.</summary>
static class Signals
{
    const int Kill = 9, Halt = 19;

    public static void KillTree(int root)
    {
        // Halted first, so that it starts nobody while the others die and takes no orderly leave of them.
        Send(root, Halt);
        foreach (var child in DescendantsOf(root))
            Send(child, Kill);
        Send(root, Kill);
    }

    static List<int> DescendantsOf(int root)
    {
        var parents = new List<(int Pid, int Parent)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var pid) && ParentOf(pid) is { } parent)
                parents.Add((pid, parent));

        var found = new List<int>();
        for (var layer = new List<int> { root }; layer.Count > 0;)
        {
            layer = [.. parents.Where(process => layer.Contains(process.Parent)).Select(process => process.Pid)];
            found.AddRange(layer);
        }

        return found;
    }

    static int? ParentOf(int pid)
    {
        try
        {
            // "4711 (name, which may hold anything) S parent …"
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static void Send(int pid, int signal) => _ = SendSignal(pid, signal);

    [DllImport("libc", EntryPoint = "kill")]
    static extern int SendSignal(int pid, int signal);
}
