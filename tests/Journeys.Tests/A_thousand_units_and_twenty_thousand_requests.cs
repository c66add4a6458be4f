using System.Collections.Concurrent;
using System.Diagnostics;

namespace MiStore.Journeys.Tests;

/// <summary>The rush of a launch, over HTTP through the gateway, in a store of its own with two of every service.</summary>
[Collection(Alone.Name)]
public sealed class A_thousand_units_and_twenty_thousand_requests(TwoOfEach two, ITestOutputHelper output)
{
    const int Units = 1_000, Requests = 20_000, Connections = 256;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Exactly_a_thousand_are_sold_and_everybody_hears_so()
    {
        var rush = await two.Open();
        await rush.Stock(Goods.Band, Units);
        var quote = await rush.Quote(Goods.Band);

        var (next, busy) = (0, 0);
        var answers = new ConcurrentBag<(Answer Answer, double Milliseconds)>();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var buyer && buyer <= Requests)
            {
                var asked = Stopwatch.GetTimestamp();
                var answer = await rush.Order(quote, buyer, key: $"rush-{buyer}", () => Interlocked.Increment(ref busy));
                answers.Add((answer, Stopwatch.GetElapsedTime(asked).TotalMilliseconds));
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        var (sold, refused) = (answers.Where(it => it.Answer.Status == 201).ToList(), answers.Where(it => it.Answer.Status != 201).ToList());
        foreach (var (answer, _) in refused)
            answer.ShouldBeProblem(HttpStatusCode.Conflict, "sold-out");
        sold.Count.ShouldBe(Units);
        sold.Select(it => it.Answer["id"].GetGuid()).Distinct().Count().ShouldBe(Units);
        (sold.Count + refused.Count).ShouldBe(Requests);
        await Eventually.Passes(async () => (await rush.UnitsOf(Goods.Band)).ShouldBe(new Units(0, 0, Units)), Patience);
        await rush.ShouldHaveCleanBooks();
        // Two of every service have twice as many connections, and the server once had not.
        (await File.ReadAllTextAsync(Path.Combine(rush.Stack.Home, "logs", "postgres.log"))).ShouldNotContain("too many clients");

        var times = answers.Select(it => it.Milliseconds).Order().ToList();
        Print($"{Requests:N0} requests for {Units:N0} units from {Connections} connections: {sold.Count:N0} sold, {refused.Count:N0} refused, {busy:N0} asked to come back");
        Print($"p50 {times[Requests / 2]:F0} ms, p99 {times[Requests * 99 / 100]:F0} ms, {seconds:F1} s, {Requests / seconds:F0} answers/s; all paid {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s after the start");
    }

    [Fact]
    public async Task A_hundred_equal_orders_at_once_are_one_order_one_charge_and_equal_answers()
    {
        var rush = await two.Open();
        var quote = await rush.Quote(Goods.Headphones);
        var before = await rush.UnitsOf(Goods.Headphones);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => rush.Order(quote, buyer: 0, key: "one-order", () => { })));

        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 201);
        // All of it but how far the payment has come by the time of the answer.
        answers.Select(answer => (answer["id"].GetGuid(), answer["number"].GetString(), answer["accessToken"].GetString(),
                answer["total"].GetRawText(), answer["lines"].GetRawText(), answer["placedAt"].GetRawText(), answer["reservedUntil"].GetRawText()))
            .Distinct().ShouldHaveSingleItem();
        await Eventually.Passes(async () =>
            (await rush.UnitsOf(Goods.Headphones)).ShouldBe(before with { Remaining = before.Remaining - 1, Sold = before.Sold + 1 }), Patience);
        (await rush.PaymentsOf(answers[0]["id"].GetGuid())).ShouldHaveSingleItem().At("refunded").GetInt64().ShouldBe(0);
        await rush.ShouldHaveCleanBooks();
    }

    void Print(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
