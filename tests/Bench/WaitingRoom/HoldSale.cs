using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Testing;
using Spectre.Console;

namespace MiStore.Bench.WaitingRoom;

/// <param name="Early">Seconds over which those come who come before the start: four of five.</param>
/// <param name="Late">Seconds over which the others come, from the start on.</param>
sealed record SalePlan(int Buyers, int Units, int Early, int Late, int Connections);

/// <summary>
/// A launch through the waiting room, on a whole store of its own: everybody takes a ticket, asks when told to, orders and pays
/// when it is their turn. Fails unless exactly the units are sold, everybody has a final answer, the books are clean, and the
/// published record proves the order.
/// </summary>
static class HoldSale
{
    public const string Market = "US", Sku = "MI-BAND-BLK";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<int> Run(string folder, SalePlan plan)
    {
        AnsiConsole.MarkupLineInterpolated($"[grey]Opening a store.[/]");
        await using var stack = await Stack.Start();
        using var desk = await Operator(stack);
        await Withdraw(desk);

        var opensAt = DateTimeOffset.UtcNow.AddSeconds(plan.Early + 2);
        var sale = await Release(desk, plan.Units, opensAt);
        using var door = Door(stack, plan.Connections);
        using var held = Door(stack, plan.Units);
        using var free = new SemaphoreSlim(plan.Connections);
        while ((await door.GetAsync($"/api/sales/{sale}")).StatusCode != System.Net.HttpStatusCode.OK)
            await Task.Delay(100);

        var machine = Machine.This("on the same machine", "as the store runs it");
        AnsiConsole.MarkupLineInterpolated($"[grey]{machine}[/]");
        AnsiConsole.MarkupLineInterpolated($"[grey]{plan.Buyers:N0} buyers, {plan.Units:N0} units, start in {plan.Early + 2} s.[/]");

        var answers = new ConcurrentBag<(string Call, double Milliseconds)>();
        var random = new Random(1);
        var began = Stopwatch.GetTimestamp();
        var visitors = Enumerable.Range(0, plan.Buyers).Select(number => new Visitor(number, sale, door, free, held, answers)).ToList();
        var running = visitors.ConvertAll(visitor =>
        {
            var arrives = visitor.Number % 5 < 4
                ? random.NextDouble() * plan.Early
                : (opensAt - DateTimeOffset.UtcNow).TotalSeconds + random.NextDouble() * plan.Late;
            return Task.Run(async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(arrives));
                await visitor.Visit(opensAt + Patience);
            });
        });
        await Task.WhenAll(running);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var soldOutAfter = visitors.Max(visitor => visitor.PaidAt) is { } last ? (last - opensAt).TotalSeconds : double.NaN;

        var problems = new List<string>();
        var ends = visitors.CountBy(visitor => visitor.End).ToDictionary();
        if (ends.GetValueOrDefault("paid") != plan.Units)
            problems.Add($"{ends.GetValueOrDefault("paid")} paid for {plan.Units} units");
        if (visitors.FirstOrDefault(visitor => visitor.End is not ("paid" or "sold-out")) is { } lost)
            problems.Add($"not everybody has a final answer; buyer {lost.Number}: {lost.End}");
        var audit = await desk.GetFromJsonAsync<JsonElement>("/api/admin/audit");
        if (!audit.GetProperty("clean").GetBoolean())
            problems.Add("the books: " + audit.GetProperty("differences"));
        var (code, verdict) = await Verify(new Uri(stack.Url, $"/api/sales/{sale}/record"));
        if (code != 0)
            problems.Add("the record proves nothing");

        List<Figure> times =
        [
            .. answers.GroupBy(answer => answer.Call).Select(call => Figure.Of(call.Key, call.Select(answer => answer.Milliseconds))).OrderBy(figure => figure.Call),
            // All but those that were held back because the buyer asked for it.
            Figure.Of("any", answers.Where(answer => answer.Call[0] != '(').Select(answer => answer.Milliseconds)),
        ];
        Show(times);
        AnsiConsole.WriteLine(string.Join(", ", ends.OrderByDescending(end => end.Value).Select(end => $"{end.Value:N0} {end.Key}"))
            + $"; asked to come back {visitors.Sum(visitor => visitor.Busy):N0} times; sold out {soldOutAfter:0.0} s after the start; {seconds:0} s in all");
        AnsiConsole.WriteLine(verdict);
        problems.ForEach(problem => AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]"));

        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-waiting-room.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { machine, plan, ends, soldOutAfter, seconds, times, problems }, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
        AnsiConsole.WriteLine(file);
        return problems.Count == 0 ? 0 : 1;
    }

    static void Show(List<Figure> times)
    {
        var table = new Table().AddColumns("answer", "count", "p50 ms", "p99 ms", "longest ms");
        foreach (var figure in times)
            table.AddRow(figure.Call, $"{figure.Count:N0}", $"{figure.P50Milliseconds:0.0}", $"{figure.P99Milliseconds:0.0}", $"{figure.LongestMilliseconds:0}");
        AnsiConsole.Write(table);
    }

    static HttpClient Door(Stack stack, int connections) => new(
        new SocketsHttpHandler { MaxConnectionsPerServer = connections, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2) })
    {
        BaseAddress = stack.Url, Timeout = TimeSpan.FromMinutes(1),
    };

    static async Task<HttpClient> Operator(Stack stack)
    {
        var desk = new HttpClient { BaseAddress = stack.Url, Timeout = TimeSpan.FromMinutes(2) };
        var answer = await desk.PostAsJsonAsync("/api/dev/token", new { role = "store-operator", subject = "bench" });
        desk.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString());
        return desk;
    }

    static async Task Withdraw(HttpClient desk)
    {
        foreach (var batch in (await desk.GetFromJsonAsync<JsonElement>("/api/admin/batches")).GetProperty("batches").EnumerateArray())
            if (batch.GetProperty("market").GetString() == Market && batch.GetProperty("sku").GetString() == Sku)
                (await desk.PostAsync($"/api/admin/batches/{batch.GetProperty("id").GetString()}/withdrawal", null)).EnsureSuccessStatusCode();
    }

    static async Task<Guid> Release(HttpClient desk, int units, DateTimeOffset opensAt)
    {
        using var released = await desk.PostAsJsonAsync(
            "/api/admin/batches", new { market = Market, sku = Sku, quantity = units, opensAt, limitPerCustomer = 1, waitingRoom = new { } });
        released.EnsureSuccessStatusCode();
        return (await released.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    static async Task<(int Code, string Says)> Verify(Uri record)
    {
        var gateway = Path.Combine(Repository(), "gateway", "MiStore.Gateway", "bin", "Release", "net10.0", "MiStore.Gateway.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [gateway, "verify-queue", record.ToString()]) { RedirectStandardOutput = true })!;
        var says = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, says);
    }

    static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "MiStore.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException("This program lies outside the repository.");
    }

    sealed record Figure(string Call, int Count, double P50Milliseconds, double P99Milliseconds, double LongestMilliseconds)
    {
        public static Figure Of(string call, IEnumerable<double> milliseconds)
        {
            var sorted = milliseconds.Order().ToArray();
            return new Figure(call, sorted.Length, sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100], sorted[^1]);
        }
    }
}
