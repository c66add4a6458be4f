using Aspire.Hosting.ApplicationModel;
using MiStore.Local;

namespace MiStore.AppHost.Tests;

public sealed class A_process_gives_way : IDisposable
{
    readonly Home home = new(Directory.CreateTempSubdirectory("home").FullName);

    public void Dispose() => Directory.Delete(home.Folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task With_its_children_and_its_session_as_far_as_it_was_told(int niceness)
    {
        var before = await Said(0);

        var (nice, _, session) = await Said(niceness);

        nice.ShouldBe(before.Nice + niceness);
        // Kernels that do not share out between sessions have no such file.
        if (session is not null)
            session.ShouldEndWith($" nice {niceness}");
    }

    [Theory]
    [InlineData(false, "0")]
    [InlineData(true, "3")] // as sched.h numbers ordinary processes and batches
    public async Task And_lets_whoever_is_at_work_finish_where_it_was_told_so(bool letsOthersFinish, string policy)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux has batches.");

        (await Said(0, letsOthersFinish)).Policy.ShouldBe(policy);
    }

    async Task<(int Nice, string? Policy, string? Session)> Said(int niceness, bool letsOthersFinish = false)
    {
        var workload = new AskedHowNiceItIs(home) { Niceness = niceness, LetsOthersFinish = letsOthersFinish };
        Directory.CreateDirectory(Path.GetDirectoryName(workload.Log)!);
        File.Delete(workload.Log);
        var child = await Child.Start(workload);
        await child.Exit;
        var lines = await File.ReadAllLinesAsync(workload.Log);
        return (int.Parse(lines[0]), lines.ElementAtOrDefault(1), lines.ElementAtOrDefault(2));
    }

    sealed class AskedHowNiceItIs(Home home) : Workload("asked", "", new RedisResource("asked"), home)
    {
        public override string Url => "";

        public override Launch Launch() => new(
            ["/bin/sh", "-c", "nice; cut -d ' ' -f 41 /proc/self/stat; cat /proc/self/autogroup 2>/dev/null || true"], Path.GetTempPath(),
            new Dictionary<string, string?>());

        public override Task<bool> IsHealthy(CancellationToken cancellation) => Task.FromResult(true);
    }
}
