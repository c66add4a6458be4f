using MiStore.Contracts.Sales;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.WaitingRoom.Tests;

public sealed class Who_is_let_in
{
    static readonly DateTimeOffset Noon = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Are_never_more_than_there_are_units_and_slack_for()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var rules = new WaitingRoomRules(UnitsPerTicket: 1 + random.Next(4), Slack: random.Next(3) * random.Next(20));
            var line = Open(available: random.Next(50), waiting: random.Next(200), admitted: random.Next(60)) with
            {
                Pace = new Pace(5 + random.NextDouble() * 4995, Noon.AddSeconds(-random.NextDouble()), Noon.AddSeconds(-random.NextDouble())),
                Observed = new Observed(random.Next(500), random.Next(50), random.Next(3)),
            };

            var (count, pace, _) = Admission.Next(rules, line, Noon);

            if (count > 0)
                ((line.Admitted + count) * rules.UnitsPerTicket).ShouldBeLessThanOrEqualTo(line.Available + rules.Slack);
            count.ShouldBeInRange(0, line.Waiting);
            pace.PerSecond.ShouldBeInRange(Pace.Slowest, Pace.Fastest);
            pace.AdmittedAt.ShouldBeLessThanOrEqualTo(Noon.AddMilliseconds(1));
        }
    }

    [Fact]
    public void Come_at_the_pace_over_any_time_however_often_one_looks()
    {
        foreach (var milliseconds in new[] { 7, 100, 330 })
        {
            var line = Open(available: 1_000_000, waiting: 1_000_000) with { Pace = new Pace(80, Noon, Noon) };
            var let = 0;
            for (var now = Noon; now < Noon.AddSeconds(20); now = now.AddMilliseconds(milliseconds))
            {
                // So many come back as were let in, and well: but then the pace would grow, which is another test.
                var (count, pace, _) = Admission.Next(new WaitingRoomRules(), line with { Pace = line.Pace with { ReckonedAt = now } }, now);
                line = line with { Pace = pace };
                let += count;
            }

            let.ShouldBeInRange(1570, 1620);
        }
    }

    [Fact]
    public void Come_faster_while_orders_come_back_well_up_to_what_the_lane_does()
    {
        var fastest = Run(lane: 900, seconds: 30);
        fastest.ShouldBeInRange(700, 1900);
    }

    [Fact]
    public void Come_at_half_the_pace_when_orders_are_turned_away()
    {
        var line = Open(available: 1000, waiting: 1000) with { Pace = new Pace(400, Noon.AddSeconds(-1), Noon), Observed = new Observed(200, 0, 1) };
        Admission.Next(new WaitingRoomRules(), line, Noon).Pace.PerSecond.ShouldBe(200);
        Admission.Next(new WaitingRoomRules(), line with { Observed = new Observed(200, 30, 0) }, Noon).Pace.PerSecond.ShouldBe(200);
    }

    [Fact]
    public void Do_not_come_all_at_once_after_a_pause()
    {
        var line = Open(available: 5000, waiting: 5000) with { Pace = new Pace(100, Noon.AddHours(-1), Noon.AddHours(-1)) };
        Admission.Next(new WaitingRoomRules(), line, Noon).Count.ShouldBeLessThanOrEqualTo(100);
    }

    // Everybody who is let in orders at once; the lane answers so many a second well and turns the rest away.
    static double Run(int lane, int seconds)
    {
        var line = Open(available: 10_000_000, waiting: 10_000_000) with { Pace = Pace.Unproven(Noon) };
        for (var now = Noon; now < Noon.AddSeconds(seconds); now = now.AddMilliseconds(100))
        {
            var (count, pace, isReckoned) = Admission.Next(new WaitingRoomRules(), line, now);
            var seen = isReckoned ? Observed.Nothing : line.Observed;
            var served = Math.Min(count, lane / 10);
            line = line with { Pace = pace, Observed = seen with { Orders = seen.Orders + served, Busy = seen.Busy + count - served } };
        }

        return line.Pace.PerSecond;
    }

    internal static LineState Open(int available, int waiting, int admitted = 0, int reserved = 0) => LineState.Nothing with
    {
        IsKnown = true, IsTold = true, IsClosed = true, IsDrawn = true, Available = available, Waiting = waiting, Admitted = admitted,
        Reserved = reserved, Pace = Pace.Unproven(Noon),
    };
}
