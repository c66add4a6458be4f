using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MiStore.Replay;

/// <summary>
/// <c>./mistore replay</c>: plays a recorded sale again. Ends with 0 where winners and balances are the same, or what-if was answered;
/// with 1 on a difference, and with 2 where there was nothing to play.
/// </summary>
static class ReplaySale
{
    const string Usage = "replay BATCH|FILE [--what-if limit=N] [--what-if ttl=90s|5m|1h] [--save FILE]";
    const int MostNamed = 10;

    static async Task<int> Main(string[] arguments)
    {
        var (source, save, rules) = ((string?)null, (string?)null, new WhatIf());
        for (var i = 0; i < arguments.Length; i++)
            switch (arguments[i])
            {
                case "--what-if" when i + 1 < arguments.Length && rules.With(arguments[i + 1]) is { } more:
                    (rules, i) = (more, i + 1);
                    break;
                case "--save" when i + 1 < arguments.Length:
                    save = arguments[++i];
                    break;
                case var word when source is null && !word.StartsWith('-'):
                    source = word;
                    break;
                default:
                    return Say(Usage);
            }

        if (source is null || Environment.GetEnvironmentVariable("TEST_POSTGRES") is not { Length: > 0 } server)
            return Say(source is null ? Usage : "TEST_POSTGRES is not set: a server to play on. ./mistore replay starts one.");

        try
        {
            var recording = await Read(source, save);
            return rules == new WhatIf() ? await Again(recording, server) : await Otherwise(recording, rules, server);
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Say(fault.Message);
        }
    }

    static async Task<int> Again(Recording recording, string server)
    {
        var (played, seconds) = await Play(recording, null, server);
        var (difference, was) = (Comparison.Of(recording, played), Result.AsItWas(recording));
        Introduce(recording, seconds);
        Finding("same winners", difference.Winners, $"{was.Orders.Count} orders of {was.Served.Count} customers, {was.Units} units");
        Finding("same balances", difference.Balances, Words(was.Balance));
        Finding("same refusals", difference.Refusals, Words(was.Refused));
        return difference.IsSame ? 0 : 1;
    }

    static async Task<int> Otherwise(Recording recording, WhatIf rules, string server)
    {
        var assumed = Assumed.Of(recording, rules);
        var (played, seconds) = await Play(rules.Of(recording), assumed, server);
        var (was, would) = (Result.AsItWas(recording), Result.AsPlayed(recording, played));
        Introduce(recording, seconds);
        Console.WriteLine($"what if {rules}? Who was refused in truth is taken to pay after {assumed.PaidAfter.TotalSeconds:0.#} s, as half of the buyers did.");
        Row("", "as it was", "what if");
        Row("orders with units", was.Orders.Count, would.Orders.Count);
        Row("customers served", was.Served.Count, would.Served.Count);
        Row("units sold", was.Balance.Sold, would.Balance.Sold);
        Row("units held", was.Balance.Reserved, would.Balance.Reserved);
        Row("units left", was.Balance.Available, would.Balance.Available);
        foreach (var code in was.Refused.Keys.Union(would.Refused.Keys).Order())
            Row("refused: " + code, was.Refused.GetValueOrDefault(code), would.Refused.GetValueOrDefault(code));
        Row("only then served", "", would.Served.Except(was.Served).Count());
        Row("no longer served", "", was.Served.Except(would.Served).Count());
        Name("orders that would have got units", would.Orders.Except(was.Orders));
        Name("orders that would not", was.Orders.Except(would.Orders));
        return 0;
    }

    static async Task<(Played Played, double Seconds)> Play(Recording recording, Assumed? assumed, string server)
    {
        await using var stage = await Stage.Build(server);
        var began = Stopwatch.GetTimestamp();
        var played = await stage.Play(recording, assumed);
        return (played, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    // From the running store, or from what was saved of it.
    static async Task<Recording> Read(string source, string? save)
    {
        if (!Guid.TryParse(source, out var batch))
        {
            using var kept = File.OpenText(source);
            return await Recording.Read(kept);
        }

        var url = Environment.GetEnvironmentVariable("MISTORE_URL") ?? $"http://localhost:{Environment.GetEnvironmentVariable("MISTORE_PORT") ?? "8080"}";
        using var store = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(10) };
        store.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(store));
        using var answer = await store.GetAsync($"/api/admin/batches/{batch}/inputs", HttpCompletionOption.ResponseHeadersRead);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidDataException($"{url} gives no inputs of {batch}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        await using var body = await answer.Content.ReadAsStreamAsync();
        if (save is null)
            using (var text = new StreamReader(body))
                return await Recording.Read(text);

        await using (var file = File.Create(save))
            await body.CopyToAsync(file);
        using var saved = File.OpenText(save);
        return await Recording.Read(saved);
    }

    // In development the store hands tokens out; elsewhere the owner has one.
    static async Task<string> Token(HttpClient store)
    {
        if (Environment.GetEnvironmentVariable("MISTORE_OPERATOR_TOKEN") is { Length: > 0 } token)
            return token;
        using var answer = await store.PostAsJsonAsync("/api/dev/token", new { role = "store-operator", subject = "replay" });
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!
            : throw new InvalidDataException($"{store.BaseAddress} gives no operator token: set MISTORE_OPERATOR_TOKEN to one.");
    }

    static void Introduce(Recording recording, double seconds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{recording.Batch.Sku} in {recording.Sale.Market}: {recording.Arrivals.Count()} orders and {recording.Turns.Sum(turn => turn.Inputs.Count(input => input.Heard is not null))} events in {recording.Turns.Count} turns, played in {seconds:0.0} s"));

    static void Finding(string what, string? difference, string figures) =>
        Console.WriteLine($"{what,-20}{(difference is null ? "yes" : "NO")}   {difference ?? figures}");

    static void Row(string what, object was, object would) => Console.WriteLine($"{what,-28}{was,12}{would,12}");

    static void Name(string what, IEnumerable<Guid> orders)
    {
        var all = orders.ToList();
        if (all.Count > 0)
            Console.WriteLine($"{what}: {string.Join(", ", all.Take(MostNamed))}{(all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : "")}");
    }

    static string Words(Balance balance) =>
        $"{balance.Available} to order, {balance.Reserved} held, {balance.Sold} sold, {balance.Withdrawn} withdrawn";

    static string Words(IReadOnlyDictionary<string, int> refused) =>
        refused.Count == 0 ? "none" : string.Join(", ", refused.OrderBy(code => code.Key).Select(code => $"{code.Value} {code.Key}"));

    static int Say(string problem)
    {
        Console.Error.WriteLine(problem);
        return 2;
    }
}
