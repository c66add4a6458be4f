using System.Net;
using System.Net.Sockets;
using MiStore.Local;

namespace MiStore.AppHost.Tests;

public sealed class A_home_keeps : IDisposable
{
    readonly Home home = new(Directory.CreateTempSubdirectory("home").FullName);

    public void Dispose() => Directory.Delete(home.Folder, recursive: true);

    [Fact]
    public void A_password_for_good_and_for_its_owner_only()
    {
        var password = home.Secret("postgres", 48);

        password.Length.ShouldBe(48);
        new Home(home.Folder).Secret("postgres", 48).ShouldBe(password);
        home.Secret("redis", 48).ShouldNotBe(password);
        File.GetUnixFileMode(Path.Combine(home.Folder, "secrets.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_port_while_it_is_free()
    {
        var port = home.Port("postgres");

        home.Port("postgres").ShouldBe(port);
    }

    [Fact]
    public void No_port_under_two_names()
    {
        var port = home.Port("postgres");
        File.WriteAllText(Path.Combine(home.Folder, "ports.json"), $$"""{"postgres":"{{port}}","redis":"{{port}}"}""");

        home.Port("redis").ShouldNotBe(port);
    }

    [Fact]
    public void No_port_that_another_stack_has_chosen_and_does_not_use_yet()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere nobody shows who has locked what");

        var port = home.Port("postgres");

        // A process never locks itself out, so it is the system that is asked.
        File.ReadLines("/proc/locks").ShouldContain(line => line.Contains($" {Environment.ProcessId} ") && line.EndsWith($" {port} {port}"));
    }

    [Fact]
    public void No_port_that_somebody_else_has_taken()
    {
        var port = home.Port("postgres");
        using var somebody = new TcpListener(IPAddress.Loopback, port);
        somebody.Start();

        home.Port("postgres").ShouldNotBe(port);
    }

    [Fact]
    public void Itself_to_one_stack_at_a_time()
    {
        using (home.TryLock().ShouldNotBeNull())
            new Home(home.Folder).TryLock().ShouldBeNull();

        using var next = home.TryLock();
        next.ShouldNotBeNull();
    }
}
