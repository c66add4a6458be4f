using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Spectre.Console;

namespace MiStore.Bench.Doors;

/// <param name="Ratio">Answers per second over those of bare Kestrel in the same round; the median of the rounds.</param>
sealed record DoorFigure(
    string What, double GatewayPerSecond, double BarePerSecond, double Ratio, double P50Milliseconds, double P99Milliseconds,
    IReadOnlyList<double> Ratios);

/// <summary>
/// What the gateway's memory costs: cached list and detail at 64 connections, beside bare Kestrel that sends the same bytes, in
/// turns. Clients, gateway and reference share the machine, each its own process but for the clients.
/// </summary>
static class CompareWithBare
{
    const int Connections = 64;

    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(string broker, string folder, string gatewayDll, int seconds, int rounds)
    {
        var machine = Machine.This("not used", "no database");
        AnsiConsole.MarkupLineInterpolated($"[grey]{machine}[/]");
        var (bareUrl, gatewayUrl) = (FreeUrl(), FreeUrl());
        using var bare = Start(Environment.ProcessPath!, [typeof(CompareWithBare).Assembly.Location, "bare", bareUrl.ToString()]);
        using var gateway = Start("dotnet", [gatewayDll], new()
        {
            ["ASPNETCORE_URLS"] = gatewayUrl.ToString(),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__rabbitmq"] = broker,
            // Nobody stands in line here.
            ["ConnectionStrings__redis"] = "127.0.0.1:9,abortConnect=false",
            ["Tickets__Key"] = new string('k', 48), ["WaitingRoom__SeedKey"] = new string('k', 48),
            ["Messaging__Prefix"] = $"bench-{Guid.NewGuid():n}-",
            ["Operators__Key"] = new string('k', 48),
            ["services__catalog__http__0"] = bareUrl.ToString(), ["services__pricing__http__0"] = bareUrl.ToString(),
            ["services__cart__http__0"] = bareUrl.ToString(), ["services__checkout__http__0"] = bareUrl.ToString(),
            ["services__storefront__http__0"] = bareUrl.ToString(),
        });
        try
        {
            foreach (var url in new[] { bareUrl, gatewayUrl })
                await WaitFor(url);

            var measured = new List<(string What, double Gateway, double Bare, List<double> Took)>();
            foreach (var (what, target) in new[] { ("list", BareKestrel.List), ("detail", BareKestrel.Detail) })
            {
                foreach (var url in new[] { bareUrl, gatewayUrl })
                    await Ask(url, target, WarmUp);
                for (var round = 0; round < rounds; round++)
                {
                    var reference = await Ask(bareUrl, target, TimeSpan.FromSeconds(seconds));
                    var ours = await Ask(gatewayUrl, target, TimeSpan.FromSeconds(seconds));
                    measured.Add((what, ours.Count / (double)seconds, reference.Count / (double)seconds, ours));
                }
            }

            var figures = measured.GroupBy(one => one.What).Select(Summarize).ToList();
            Print(figures);
            var at = DateTimeOffset.UtcNow;
            var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{at:yyyyMMdd-HHmmss}-gateway.json");
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
                new { at, machine, connections = Connections, seconds, rounds, figures },
                new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
            AnsiConsole.MarkupLineInterpolated($"[grey]{file}[/]");
            return 0;
        }
        finally
        {
            gateway.Kill();
            bare.Kill();
        }
    }

    static DoorFigure Summarize(IGrouping<string, (string What, double Gateway, double Bare, List<double> Took)> rounds)
    {
        var took = rounds.SelectMany(round => round.Took).Order().ToList();
        var ratios = rounds.Select(round => round.Gateway / round.Bare).ToList();
        return new DoorFigure(
            rounds.Key, Median(rounds.Select(round => round.Gateway)), Median(rounds.Select(round => round.Bare)), Median(ratios),
            took[took.Count / 2], took[took.Count * 99 / 100], ratios);
    }

    static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    static void Print(List<DoorFigure> figures)
    {
        var table = new Table().AddColumns("cached", "gateway/s", "bare Kestrel/s", "ratio", "p50 ms", "p99 ms");
        foreach (var figure in figures)
            table.AddRow(
                figure.What, Number(figure.GatewayPerSecond, "N0"), Number(figure.BarePerSecond, "N0"), Number(figure.Ratio, "0.00"),
                Number(figure.P50Milliseconds, "0.0"), Number(figure.P99Milliseconds, "0.0"));
        AnsiConsole.Write(table);

        static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    static async Task<List<double>> Ask(Uri server, string target, TimeSpan duration)
    {
        var clients = Enumerable.Range(0, Connections).Select(_ => new RawClient(server, target)).ToList();
        try
        {
            await Task.WhenAll(clients.Select(client => client.Connect()));
            return [.. (await Task.WhenAll(clients.Select(client => Task.Run(() => client.AskFor(duration))))).SelectMany(took => took)];
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    static async Task WaitFor(Uri url)
    {
        using var client = new HttpClient();
        for (var began = Stopwatch.GetTimestamp(); ;)
            try
            {

                await client.GetStringAsync(new Uri(url, BareKestrel.List));
                if ((await client.GetAsync(new Uri(url, "/health"))).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(100);
            }
    }

    static Process Start(string program, string[] arguments, Dictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(arguments[0]),
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    static Uri FreeUrl()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }
}
