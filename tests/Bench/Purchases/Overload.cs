using System.Collections.Concurrent;
using System.Diagnostics;

namespace MiStore.Bench.Purchases;

/// <param name="Offered">Buyers who arrived, a second, whatever became of the others.</param>
/// <param name="Goodput">Purchases paid, a second, while they did.</param>
/// <param name="OfPeak">Goodput over what the store did when everybody waited for the one before.</param>
/// <param name="Refused">Answers that said when to come back.</param>
/// <param name="RecoveredAfter">Seconds from the last arrival until answers to ordinary traffic are as quick as before it; null: not within the probe.</param>
/// <param name="NoLine">Arrivals for whom this machine had no connection left.</param>
/// <param name="Ends">What the evenings came to.</param>
sealed record OverloadFigure(
    double Offered, double Peak, double Goodput, double OfPeak, int Refused, double RefusalP50Milliseconds, double RefusalP99Milliseconds,
    double NormalP99Milliseconds, double? RecoveredAfter, int NoLine, IReadOnlyDictionary<string, int> Ends);

/// <summary>
/// Ten times as many buyers as the store can serve arrive for a minute, each when it is time, whether the one before has an answer
/// or not. Who is turned away at the door goes home; who has a cart comes back when told to.
/// </summary>
static class Overload
{
    const int MostLines = 4000, Ordinary = 8;

    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5), Probe = TimeSpan.FromSeconds(15), Window = TimeSpan.FromSeconds(1);

    public static async Task<(OverloadFigure Figure, int Paid)> Run(Store store, double peak, int times, int seconds)
    {
        using var ordinary = new Crowd(store, Ordinary);
        await ordinary.For(TimeSpan.FromSeconds(2));
        var normal = P99((await ordinary.For(TimeSpan.FromSeconds(5))).Answers);

        var (offered, run) = (peak * times, Guid.NewGuid().ToString("n")[..8]);
        var (idle, diaries, buying) = (new ConcurrentBag<(Wire, Diary)>(), new List<Diary>(), new List<Task>());
        var (began, arrived, noLine) = (Stopwatch.GetTimestamp(), 0, 0);
        while (Stopwatch.GetElapsedTime(began).TotalSeconds is var now && now < seconds)
        {
            for (var due = (int)(now * offered); arrived < due; arrived++)
                if (idle.TryTake(out var line))
                    buying.Add(Arrive(line, arrived));
                else if (diaries.Count < MostLines)
                {
                    diaries.Add(new Diary(began));
                    buying.Add(Arrive((new Wire(store.Url), diaries[^1]), arrived));
                }
                else
                    noLine++;
            await Task.Delay(Tick);
        }

        // Ordinary traffic from the last arrival on, while those who have begun are still being served.
        var over = Stopwatch.GetTimestamp();
        var after = await ordinary.For(Probe);
        await Task.WhenAll(buying);
        while (idle.TryTake(out var line))
            line.Item1.Dispose();

        var evenings = diaries.SelectMany(diary => diary.Evenings).ToList();
        var refusals = diaries.SelectMany(diary => diary.Answers).Where(answer => answer.Status is 503 or 429).Select(answer => answer.Milliseconds).Order().ToList();
        var goodput = evenings.Count(evening => evening.End == "paid" && evening.At <= seconds) / (double)seconds;
        var figure = new OverloadFigure(
            offered, peak, goodput, goodput / peak, refusals.Count, StepFigure.At(refusals, 0.5), StepFigure.At(refusals, 0.99), normal,
            RecoveredAfter(after, normal), noLine, evenings.CountBy(evening => evening.End).ToDictionary());
        return (figure, ordinary.Paid + evenings.Count(evening => evening.End == "paid"));

        Task Arrive((Wire Wire, Diary Diary) line, int number) => Task.Run(async () =>
        {
            await new Shopper(line.Wire, line.Diary, run).Buy(Store.Skus[number % Store.Skus.Count], number);
            idle.Add(line.Wire.IsBroken ? (new Wire(store.Url), line.Diary) : line);
        });
    }

    // The end of the first second from which on everything is as quick as it was, but for a quarter that chance may have.
    static double? RecoveredAfter(Measured after, double normal)
    {
        var seconds = after.Answers.GroupBy(answer => (int)(answer.At / Window.TotalSeconds)).ToDictionary(second => second.Key, second => P99([.. second]));
        var late = seconds.Where(second => second.Key < Probe.TotalSeconds && second.Value > 2 * normal).Select(second => second.Key).DefaultIfEmpty(-1).Max();
        return late + 1 < Probe.TotalSeconds ? late + 1 : null;
    }

    // Of what the store does at once; how long somebody waits for a payment depends on the payment.
    static double P99(IEnumerable<Heard> answers) =>
        StepFigure.At([.. answers.Where(answer => answer.Step != Step.Paid).Select(answer => answer.Milliseconds).Order()], 0.99);
}
