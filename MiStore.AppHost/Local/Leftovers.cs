namespace MiStore.Local;

static class Leftovers
{
    /// <summary>
    /// Ends what an AppHost that was killed has left running. As a rule the kernel has already told its children to go
    /// (see <see cref="Child"/>); this waits for them, and only for those that are provably still the same processes.
    /// </summary>
    public static async Task End(Home home)
    {
        var left = (StackStatus.Read(home)?.Resources ?? [])
            .Where(one => one.Process is { IsAlive: true })
            .ToList();
        foreach (var one in left)
            one.Process!.Signal(one.Kind switch
            {
                "postgres" => Signal.Interrupt,
                "project" => Signal.Kill,
                _ => Signal.Terminate,
            });
        foreach (var one in left)
            if (!await one.Process!.HasEnded(TimeSpan.FromSeconds(15)))
                one.Process.KillGroup();
    }
}
