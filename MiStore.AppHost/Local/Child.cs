using System.Collections.Concurrent;
using System.Diagnostics;

namespace MiStore.Local;

/// <summary>A started process. Its output goes to its log file directly, so not even the AppHost's death loses a line.</summary>
sealed class Child
{
    const long LogBytes = 10 * 1024 * 1024;

    readonly Process process;

    Child(Process process)
    {
        this.process = process;
        Identity = ProcessIdentity.Of(process.Id) ?? new(process.Id, "");
    }

    public ProcessIdentity Identity { get; }

    public Task Exit => process.WaitForExitAsync();

    public int ExitCode => process.ExitCode;

    public static Task<Child> Start(Workload workload)
    {
        Rotate(workload.Log);
        var launch = workload.Launch();
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = launch.Folder };
        string[] shell = ["-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", workload.Log];
        // The user before the death signal: the kernel forgets the signal when the user changes.
        foreach (var word in (IEnumerable<string>)[.. shell, .. OwnSession, .. GivesWay(workload.Niceness), .. LetsOthersFinish(workload.LetsOthersFinish), .. launch.AsUser, .. DiesWithUs(workload.OrphanSignal), .. launch.Command])
            start.ArgumentList.Add(word);
        foreach (var (name, value) in launch.Environment)
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;

        return Births.Of(() => new Child(Process.Start(start)!));
    }

    /// <summary>Asks it to end, and kills it when it does not.</summary>
    public async Task Stop(Signal signal, TimeSpan within)
    {
        Identity.Signal(signal);
        try
        {
            await Exit.WaitAsync(within);
        }
        catch (TimeoutException)
        {
            Identity.KillGroup();
            await Exit;
        }
    }

    // Ctrl-C in a terminal reaches every process of the foreground session. Only the AppHost shall hear it: it stops
    // the others in their order.
    static string[] OwnSession => Programs.Find("setsid") is { } setsid ? [setsid] : [];

    // Linux shares the processors out between sessions first, where nobody made other groups, and what a process is worth counts
    // only inside its own. So the session gives way, and for where there are no such shares the process too.
    static string[] GivesWay(int niceness) => niceness == 0
        ? []
        : ["/bin/sh", "-c", $"{{ echo {niceness} >/proc/self/autogroup; }} 2>/dev/null; exec nice -n {niceness} \"$@\"", "sh"];

    // Where the kernel has no batches, or lets nobody into one, all goes on as before.
    static string[] LetsOthersFinish(bool doesSo) => doesSo
        ? ["/bin/sh", "-c", "if chrt --batch 0 true 2>/dev/null; then exec chrt --batch 0 \"$@\"; else exec \"$@\"; fi", "sh"]
        : [];

    static string[] DiesWithUs(Signal signal) => Programs.Find("setpriv") is { } setpriv
        ? [setpriv, "--pdeathsig", signal switch { Signal.Interrupt => "INT", Signal.Terminate => "TERM", _ => "KILL" }]
        : [];

    static void Rotate(string log)
    {
        if (new FileInfo(log) is { Exists: true, Length: > LogBytes })
            File.Move(log, log + ".1", overwrite: true);
    }

    /// <summary>
    /// The thread on which every child is born. Linux sends the death signal when the thread that started a child ends,
    /// not the process, so this one must live as long as the AppHost; a thread of the pool would not.
    /// </summary>
    static class Births
    {
        static readonly BlockingCollection<Action> Waiting = [];

        static Births() => new Thread(() =>
        {
            foreach (var birth in Waiting.GetConsumingEnumerable())
                birth();
        })
        { IsBackground = true, Name = "Births" }.Start();

        public static Task<Child> Of(Func<Child> start)
        {
            var born = new TaskCompletionSource<Child>(TaskCreationOptions.RunContinuationsAsynchronously);
            Waiting.Add(() =>
            {
                try
                {
                    born.SetResult(start());
                }
                catch (Exception failure)
                {
                    born.SetException(failure);
                }
            });
            return born.Task;
        }
    }
}
