using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dapper;
using MiStore.Catalog.Products;
using MiStore.Messaging;
using MiStore.Testing;
using Spectre.Console;

namespace MiStore.Bench.Search;

/// <param name="Seconds">Length of one measurement, after two of warming up.</param>
sealed record SearchPlan(int Seconds, int Products, int Callers);

/// <param name="Found">Products that the answers told of, on average.</param>
sealed record SearchFigure(string Query, double RequestsPerSecond, double P50Milliseconds, double P95Milliseconds, double P99Milliseconds, double Found);

/// <summary>
/// How long a search takes in a large range: Catalog as it is, over HTTP and without the gateway's cache in front, which
/// would answer most of this from memory.
/// </summary>
static class MeasureSearch
{
    const double AimMilliseconds = 100;

    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    static readonly string[] Markets = ["US", "GB", "DE", "FR"];

    public static async Task<int> Run(string folder, SearchPlan plan)
    {
        AnsiConsole.MarkupLineInterpolated($"[grey]Publishing {plan.Products:N0} products in three languages and four markets.[/]");
        await using var database = await TestDatabase.Create(typeof(Product).Assembly, typeof(Work).Assembly);
        // Nobody is there to tell it anything: what the others would have told is in its tables. That it misses its broker
        // is not news here.
        await using var catalog = await new ServiceUnderTest<Product>().Using(database, "catalogdb")
            .With("ConnectionStrings:rabbitmq", "amqp://guest:guest@127.0.0.1:1").With("Logging:LogLevel:Default", "None")
            .With("Logging:LogLevel:MassTransit", "None")
            .Start();
        await using var connection = await database.Source.OpenConnectionAsync();
        await LargeRange.Fill(connection, plan.Products, Markets);

        var machine = Machine.This(await connection.ExecuteScalarAsync<string>("show server_version") ?? "?", await connection.ExecuteScalarAsync<string>(
            "select format('%s words in the vocabulary', count(*)) from vocabulary") ?? "?");
        AnsiConsole.MarkupLineInterpolated($"[grey]{machine}[/]");

        var figures = new List<SearchFigure>();
        foreach (var (name, queries) in await Queries(connection))
        {
            await Measure(name, queries, catalog.Client, plan.Callers, WarmUp);
            figures.Add(await Measure(name, queries, catalog.Client, plan.Callers, TimeSpan.FromSeconds(plan.Seconds)));
        }

        Print(figures);
        await Write(folder, machine, plan, figures);
        return 0;
    }

    /// <summary>Paths to ask for in turn, of each kind.</summary>
    static async Task<List<(string Name, string[] Paths)>> Queries(Npgsql.NpgsqlConnection connection)
    {
        var random = new Random(1);
        var names = (await connection.QueryAsync<string>("select name from product_texts where language = 'en' and product like 'product-%' order by product")).AsList();
        var series = LargeRange.Series(names);
        return
        [
            ("one word of a name", Paths(() => Any(series))),
            ("two words of a name", Paths(() => string.Join(' ', Any(names).Split(' ')[..2]))),
            ("a word that is everywhere", Paths(() => "charger")),
            ("in German", Paths(() => "ladegeräte", "&language=de")),
            ("a letter wrong", Paths(() => Mistyped(Any(series), random))),
            ("two words, a letter wrong", Paths(() => $"{Mistyped(Any(series), random)} {Any(names).Split(' ')[1]}")),
            ("two words written as one", Paths(() => Any(names).Replace(" ", ""))),
            ("nothing like it", Paths(() => $"xq{random.Next(1000)}zzyx")),
            ("no search: a page of the range", Paths(() => "", $"&page={random.Next(1, 200)}")),
            ("no search: a category", Paths(() => "", "&category=power")),
        ];

        T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
        string[] Paths(Func<string> search, string more = "") =>
        [
            .. Enumerable.Range(0, 200).Select(i => $"/api/markets/{Markets[i % Markets.Length]}/products?search={Uri.EscapeDataString(search())}{more}"),
        ];
    }

    static string Mistyped(string word, Random random)
    {
        var at = random.Next(1, word.Length);
        return word[..at] + (char)('a' + random.Next(26)) + word[Math.Min(at + 1, word.Length)..];
    }

    static async Task<SearchFigure> Measure(string name, string[] paths, HttpClient client, int callers, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        var measured = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var own = new List<(double Milliseconds, long Found)>();
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var asked = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(paths[Interlocked.Increment(ref next) % paths.Length]);
                var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
                var milliseconds = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
                using var listing = JsonDocument.Parse(body);
                own.Add((milliseconds, listing.RootElement.GetProperty("total").GetInt64()));
            }

            return own;
        })));

        var all = measured.SelectMany(own => own).ToList();
        var ordered = all.Select(one => one.Milliseconds).Order().ToList();
        return new SearchFigure(
            name, all.Count / time.TotalSeconds, At(0.50), At(0.95), At(0.99), all.Average(one => one.Found));

        double At(double share) => ordered[Math.Min((int)(ordered.Count * share), ordered.Count - 1)];
    }

    static void Print(List<SearchFigure> figures)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("query")
            .AddColumn("requests/s", it => it.RightAligned()).AddColumn("p50 ms", it => it.RightAligned()).AddColumn("p95 ms", it => it.RightAligned())
            .AddColumn("p99 ms", it => it.RightAligned()).AddColumn("found", it => it.RightAligned());
        foreach (var it in figures)
            table.AddRow(it.Query, Number(it.RequestsPerSecond, "N0"), Number(it.P50Milliseconds, "0.0"), Number(it.P95Milliseconds, "0.0"),
                Number(it.P99Milliseconds, "0.0"), Number(it.Found, "N0"));
        AnsiConsole.Write(table);

        var late = figures.Where(it => it.P95Milliseconds > AimMilliseconds).Select(it => it.Query).ToList();
        AnsiConsole.MarkupLineInterpolated(late.Count == 0
            ? (FormattableString)$"[green]Every p95 is below {AimMilliseconds:0} ms.[/]"
            : $"[red]Above {AimMilliseconds:0} ms at p95: {string.Join(", ", late)}.[/]");
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    static async Task Write(string folder, Machine machine, SearchPlan plan, IReadOnlyList<SearchFigure> figures)
    {
        var at = DateTimeOffset.UtcNow;
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{at:yyyyMMdd-HHmmss}-search.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
            new { at, machine, plan, figures }, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
        AnsiConsole.MarkupLineInterpolated($"[grey]{file}[/]");
    }
}
