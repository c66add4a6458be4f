using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MiStore.PaymentSandbox.Tests;

/// <summary>The built sandbox as a process of its own, on the real clock, which can be killed.</summary>
public sealed class SandboxProcess : IDisposable
{
    readonly Process process;

    SandboxProcess(Process process, Uri address)
    {
        this.process = process;
        Http = Sandbox.Client(address);
    }

    public HttpClient Http { get; }

    public static async Task<SandboxProcess> Start(TestDatabase database, Uri address, string merchant)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MiStore.PaymentSandbox.dll")])
        {
            Environment =
            {
                ["ASPNETCORE_URLS"] = address.ToString(),
                ["ConnectionStrings__sandboxdb"] = database.ConnectionString,
                ["Webhooks__Endpoint"] = merchant,
                ["Webhooks__Secret"] = TestKeys.Webhooks,
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        var sandbox = new SandboxProcess(Process.Start(start)!, address);
        await Eventually.Passes(async () =>
        {
            using var health = await sandbox.Http.GetAsync("/health");
            health.EnsureSuccessStatusCode();
        });
        return sandbox;
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>At once, without a word: kill -9.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        Http.Dispose();
        process.Dispose();
    }
}
