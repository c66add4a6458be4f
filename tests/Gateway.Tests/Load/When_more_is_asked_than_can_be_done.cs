using MiStore.Gateway.Load;

namespace MiStore.Gateway.Tests.Load;

/// <summary>
/// The limit against a simulated store: four workers, so many milliseconds of work a request, and a queue without end before
/// them. Arrivals and work are random, from a seed; time is counted, not waited for.
/// </summary>
public sealed class When_more_is_asked_than_can_be_done
{
    const double Capacity = 4 / 0.004; // requests a second

    static readonly TimeSpan Late = TimeSpan.FromMilliseconds(100);

    // What is answered later than this has been given up on.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5];

    [Theory, MemberData(nameof(Seeds))]
    public void Ten_times_too_much_leaves_nine_tenths_of_what_can_be_done(int seed)
    {
        var calm = new Simulation(seed).Run(seconds: 10, perSecond: Capacity * 1.05);
        var store = new Simulation(seed);
        store.Run(seconds: 5, perSecond: Capacity * 10);

        var flood = store.Run(seconds: 20, perSecond: Capacity * 10);

        flood.InTime.ShouldBeGreaterThan((int)(0.9 * 2 * calm.InTime), $"seed {seed}");
        flood.OneInAHundredTook.ShouldBeLessThan(Patience, $"seed {seed}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Without_a_limit_nothing_is_in_time_any_more(int seed) =>
        new Simulation(seed, isLimited: false).Run(seconds: 10, perSecond: Capacity * 10).InTime.ShouldBeLessThan((int)Capacity);

    [Theory, MemberData(nameof(Seeds))]
    public void Browsing_gives_way_to_orders_and_orders_to_those_that_exist(int seed)
    {
        // All are too many; what is more than browsing would fit.
        var store = new Simulation(seed);
        store.Run(seconds: 5, perSecond: Capacity * 3, browsing: 0.8);
        var flood = store.Run(seconds: 20, perSecond: Capacity * 3, browsing: 0.8);

        flood.Refused(Purpose.Browse).ShouldBeGreaterThan(0.6, $"seed {seed}");
        flood.Refused(Purpose.Order).ShouldBeLessThan(0.02, $"seed {seed}");
        flood.Refused(Purpose.Lookup).ShouldBeLessThan(0.01, $"seed {seed}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Soon_after_the_flood_nobody_is_refused(int seed)
    {
        var store = new Simulation(seed);
        store.Run(seconds: 20, perSecond: Capacity * 10);
        store.Run(seconds: 2, perSecond: Capacity * 0.5);

        store.Run(seconds: 5, perSecond: Capacity * 0.5).AllRefused.ShouldBe(0, $"seed {seed}");
    }

    [Fact]
    public void A_slow_machine_with_few_shoppers_refuses_nobody()
    {
        var limit = new AdaptiveLimit(Late, least: 64, most: 1024);
        for (var i = 1; i < 1000; i++)
            limit.Answered(TimeSpan.FromMilliseconds(100 * i), took: TimeSpan.FromSeconds(2), underway: 20);

        limit.Limit.ShouldBe(64);
        limit.LetsIn(Purpose.Browse, underway: 30).ShouldBeTrue();
    }

    [Fact]
    public void A_few_slow_answers_among_many_change_nothing() =>
        AdaptiveLimit.Next(limit: 200, answers: 100, lateOnes: 50, peak: 50, least: 64, most: 1024).ShouldBe(200);

    sealed class Simulation(int seed, bool isLimited = true)
    {
        readonly Random random = new(seed);
        readonly AdaptiveLimit limit = new(Late, least: 16, most: 1024);
        readonly PriorityQueue<(double Came, Purpose Purpose, int Underway), double> inWork = new();
        readonly double[] freeAt = new double[4];
        double now;

        public sealed class Result
        {
            public int InTime;
            public readonly Dictionary<Purpose, (int Asked, int Refused)> By = [];
            public readonly List<double> Took = [];

            public int AllRefused => By.Values.Sum(counts => counts.Refused);

            public double Refused(Purpose purpose) => (double)By[purpose].Refused / By[purpose].Asked;

            public TimeSpan OneInAHundredTook => TimeSpan.FromSeconds(Took.Order().ElementAt(Took.Count * 99 / 100));
        }

        public Result Run(double seconds, double perSecond, double browsing = 0.5)
        {
            var result = new Result();
            for (var end = now + seconds; now < end;)
            {
                now += -Math.Log(1 - random.NextDouble()) / perSecond;
                Finish(result);

                var purpose = random.NextDouble() < browsing ? Purpose.Browse : random.NextDouble() < 0.5 ? Purpose.Order : Purpose.Lookup;
                var counts = result.By.GetValueOrDefault(purpose);
                var isIn = !isLimited || limit.LetsIn(purpose, inWork.Count);
                result.By[purpose] = (counts.Asked + 1, counts.Refused + (isIn ? 0 : 1));
                if (!isIn)
                    continue;

                var worker = Array.IndexOf(freeAt, freeAt.Min());
                var began = Math.Max(now, freeAt[worker]);
                freeAt[worker] = began - Math.Log(1 - random.NextDouble()) * 0.004;
                inWork.Enqueue((now, purpose, inWork.Count + 1), freeAt[worker]);
            }

            return result;
        }

        void Finish(Result result)
        {
            while (inWork.TryPeek(out var request, out var at) && at <= now)
            {
                inWork.Dequeue();
                var took = at - request.Came;
                result.Took.Add(took);
                if (took <= Patience.TotalSeconds)
                    result.InTime++;
                limit.Answered(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(took), request.Underway);
            }
        }
    }
}
