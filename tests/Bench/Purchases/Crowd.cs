using System.Diagnostics;

namespace MiStore.Bench.Purchases;

/// <summary>How long one step of a purchase took, as its buyers heard it.</summary>
sealed record StepFigure(Step Step, int Count, double P50Milliseconds, double P99Milliseconds)
{
    public static StepFigure Of(Step step, IEnumerable<double> milliseconds)
    {
        var ordered = milliseconds.Order().ToList();
        return new StepFigure(step, ordered.Count, At(ordered, 0.5), At(ordered, 0.99));
    }

    public static double At(List<double> ordered, double share) => ordered.Count == 0 ? 0 : ordered[(int)(share * (ordered.Count - 1))];
}

/// <summary>What a crowd did in one measurement.</summary>
/// <param name="PerSecond">Purchases paid within it, a second.</param>
/// <param name="Paid">All that were paid, also those that were begun within it and ended after.</param>
/// <param name="Others">What else evenings came to, and how often; empty where everybody got what they wanted.</param>
sealed record Measured(double PerSecond, int Paid, IReadOnlyDictionary<string, int> Others, IReadOnlyList<Heard> Answers);

/// <summary>Shoppers who each buy one unit after another, the next when the last is paid.</summary>
sealed class Crowd(Store store, int size) : IDisposable
{
    readonly List<Wire> wires = [.. Enumerable.Range(0, size).Select(_ => new Wire(store.Url))];
    int customers;

    /// <summary>Everything that this crowd has paid for, warming up included.</summary>
    public int Paid { get; private set; }

    public Task<Measured> For(TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        return Run(began, duration, () => Stopwatch.GetElapsedTime(began) < duration, number => Store.Skus[number % Store.Skus.Count]);
    }

    /// <summary>A given number of tries for what is left of one product.</summary>
    public Task<Measured> ForTheLast(string sku, int tries) =>
        Run(Stopwatch.GetTimestamp(), TimeSpan.MaxValue, () => Interlocked.Decrement(ref tries) >= 0, _ => sku);

    async Task<Measured> Run(long began, TimeSpan duration, Func<bool> goesOn, Func<int, string> sku)
    {
        var run = Guid.NewGuid().ToString("n")[..8];
        var diaries = await Task.WhenAll(wires.Select(wire => Task.Run(async () =>
        {
            var diary = new Diary(began);
            var shopper = new Shopper(wire, diary, run);
            while (goesOn() && !wire.IsBroken)
            {
                var number = Interlocked.Increment(ref customers);
                await shopper.Buy(sku(number), number);
            }

            return diary;
        })));

        var evenings = diaries.SelectMany(diary => diary.Evenings).ToList();
        var paid = evenings.Count(evening => evening.End == "paid");
        Paid += paid;
        var lasted = Math.Min(duration.TotalSeconds, evenings.Count == 0 ? 1 : evenings.Max(evening => evening.At));
        return new Measured(
            evenings.Count(evening => evening.End == "paid" && evening.At <= lasted) / lasted, paid,
            evenings.Where(evening => evening.End != "paid").CountBy(evening => evening.End).ToDictionary(),
            [.. diaries.SelectMany(diary => diary.Answers)]);
    }

    public void Dispose() => wires.ForEach(wire => wire.Dispose());
}
