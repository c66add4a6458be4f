using System.Diagnostics;

namespace MiStore.Bench.Lane;

/// <param name="Granted">Orders that were acknowledged.</param>
/// <param name="Rate">Of those, a second.</param>
sealed record Measured(int Granted, double Rate, double P50Milliseconds, double P99Milliseconds);

/// <summary>Callers who each place one order after another, the next when the last is answered.</summary>
static class Crowd
{
    public static Task<Measured> For(IDesign design, int callers, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        return Run(design, callers, Buyer.HotSku, () => Stopwatch.GetElapsedTime(started) < duration);
    }

    /// <summary>A given number of requests for the few units of the last batch.</summary>
    public static Task<Measured> ForTheLast(IDesign design, int callers, int requests) =>
        Run(design, callers, Buyer.LastSku, () => Interlocked.Decrement(ref requests) >= 0);

    static async Task<Measured> Run(IDesign design, int callers, string sku, Func<bool> goesOn)
    {
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (goesOn())
            {
                var placement = Buyer.Order(sku);
                var asked = Stopwatch.GetTimestamp();
                if (await design.Place(placement))
                    mine.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return mine;
        })));

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = latencies.SelectMany(mine => mine).Order().ToList();
        return new Measured(all.Count, all.Count / seconds, At(all, 0.5), At(all, 0.99));
    }

    static double At(List<double> ordered, double share) => ordered.Count == 0 ? 0 : ordered[(int)(share * (ordered.Count - 1))];
}
