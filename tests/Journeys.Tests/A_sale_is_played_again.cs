using System.Diagnostics;

namespace MiStore.Journeys.Tests;

/// <summary>
/// The command itself, as a process of its own, against a store that has just sold something. What it decides has its tests in
/// Checkout's.
/// </summary>
public sealed class A_sale_is_played_again(Store store, ITestOutputHelper output) : IDisposable
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    readonly string saved = Path.GetTempFileName();

    public void Dispose() => File.Delete(saved);

    [Fact]
    public async Task And_has_the_same_winners_until_somebody_changes_the_recording()
    {
        var batch = await ASoldOutBatch();

        var (code, said) = await Replay(batch, "--save", saved);
        code.ShouldBe(0, said);
        said.ShouldContain("2 orders of 2 customers, 2 units");
        said.ShouldContain("1 sold-out");

        var recording = await File.ReadAllTextAsync(saved, Now);
        await File.WriteAllTextAsync(saved, recording.Replace("\"refused\":\"sold-out\"", "\"refused\":\"limit-exceeded\""), Now);
        (code, said) = await Replay(saved);
        code.ShouldBe(1, said);
        said.ShouldContain("NO");
    }

    [Fact]
    public async Task And_a_batch_that_nobody_knows_is_said_to_be_none()
    {
        var (code, said) = await Replay($"{Guid.NewGuid()}");

        code.ShouldBe(2, said);
        said.ShouldContain("unknown-batch");
    }

    async Task<string> ASoldOutBatch()
    {
        var sku = await store.OwnProduct("US", 2);
        foreach (var order in new[] { await new Shopper(store, "US").Buy(sku, 1), await new Shopper(store, "US").Buy(sku, 1) })
            await order.Becomes("paid");
        var late = new Shopper(store, "US");
        (await late.AskOrder((await late.Quote((sku, 1)))["quote"].GetString()!)).ShouldBeProblem(HttpStatusCode.Conflict, "sold-out");
        return (await store.AsOperator(HttpMethod.Get, "/api/admin/batches")).ShouldBe(HttpStatusCode.OK)["batches"].EnumerateArray()
            .Single(batch => batch.At("sku").GetString() == sku).At("id").GetString()!;
    }

    async Task<(int Code, string Said)> Replay(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Stack.Built("tests/Replay", "MiStore.Replay.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["MISTORE_URL"] = store.Stack.Url.ToString();
        start.Environment["TEST_POSTGRES"] = $"{store.Stack.ConnectionString("postgres")};Database=postgres";
        using var replay = Process.Start(start)!;
        var said = await Task.WhenAll(replay.StandardOutput.ReadToEndAsync(Now), replay.StandardError.ReadToEndAsync(Now));
        await replay.WaitForExitAsync(Now);
        output.WriteLine(string.Concat(said));
        return (replay.ExitCode, string.Concat(said));
    }
}
