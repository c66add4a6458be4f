using MiStore.Contracts.Sales;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.WaitingRoom.Tests;

public sealed class What_somebody_in_line_is_told
{
    static readonly DateTimeOffset Noon = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly Sale Sale = new(
        Guid.NewGuid(), 1, "US", "MI-BAND-BLK", Noon, null,
        new Contracts.Sales.WaitingRoom(Guid.NewGuid(), 100, new WaitingRoomRules()));

    [Theory]
    [InlineData(100, 0, 0, 99, Chance.Certain)]
    [InlineData(100, 0, 0, 100, Chance.Unlikely)] // a hundred before, a hundred units: one of them would have to leave
    [InlineData(100, 0, 30, 69, Chance.Certain)]
    [InlineData(100, 0, 30, 70, Chance.Possible)]
    [InlineData(0, 20, 0, 19, Chance.Possible)]
    [InlineData(0, 20, 0, 20, Chance.Unlikely)]
    [InlineData(0, 0, 0, 0, Chance.None)]
    public void The_chance_is_what_the_numbers_say(int available, int reserved, int admitted, int ahead, Chance chance) =>
        Outlook.Of(Sale, Who_is_let_in.Open(available, 500, admitted, reserved), ahead).ShouldBe(chance);

    [Fact]
    public void Nobody_is_called_certain_who_might_get_nothing()
    {
        // Whatever those before do, who is certain finds a unit: everybody before takes all they may.
        var random = new Random(5);
        for (var i = 0; i < 10_000; i++)
        {
            var sale = Sale with { Room = Sale.Room with { Rules = new WaitingRoomRules(UnitsPerTicket: 1 + random.Next(5)) } };
            var units = sale.Rules.UnitsPerTicket;
            var line = Who_is_let_in.Open(random.Next(100), 500, random.Next(20), random.Next(30));
            var ahead = random.Next(120);
            if (Outlook.Of(sale, line, ahead) == Chance.Certain)
                (line.Available - (line.Admitted + ahead) * units).ShouldBeGreaterThanOrEqualTo(units);
        }
    }

    [Fact]
    public void A_waiting_time_is_named_only_where_it_is_the_stores_to_name()
    {
        var line = Who_is_let_in.Open(available: 100, waiting: 500) with { Pace = new Pace(10, Noon, Noon) };

        Outlook.Wait(Sale, line, 49, Noon).ShouldBe(TimeSpan.FromSeconds(5));
        Outlook.Wait(Sale, line, 49, Noon.AddSeconds(-30)).ShouldBe(TimeSpan.FromSeconds(35));
        Outlook.Wait(Sale, line, 100, Noon).ShouldBeNull();
    }

    [Fact]
    public void Who_comes_after_the_draw_waits_for_the_end_of_its_window_too()
    {
        var sale = Sale with { Room = Sale.Room with { Rules = new WaitingRoomRules(DrawnOnlySeconds: 60) } };
        var line = Who_is_let_in.Open(available: 100, waiting: 1) with { Pace = new Pace(10, Noon, Noon) };
        var late = new Ticket(Guid.NewGuid(), sale.Id, "", Noon.AddSeconds(1));

        Outlook.Wait(sale, line, 49, Noon, sale.OpensFor(late)).ShouldBe(TimeSpan.FromSeconds(65));
        Outlook.Wait(sale, line, 49, Noon, sale.OpensFor(late with { IssuedAt = Noon.AddSeconds(-1) })).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_named_time_is_right_for_the_pace_at_hand()
    {
        // The line is served by the very rule that lets people in; what was told first is compared with what came.
        var line = Who_is_let_in.Open(available: 2000, waiting: 2000) with { Pace = new Pace(90, Noon, Noon) };
        var told = Enumerable.Range(0, 2000).Select(ahead => Outlook.Wait(Sale, line, ahead, Noon)!.Value.TotalSeconds).ToList();
        var let = 0;
        var good = 0;
        for (var now = Noon; let < 2000; now = now.AddMilliseconds(100))
        {
            var (count, pace, _) = Admission.Next(Sale.Rules, line with { Pace = line.Pace with { ReckonedAt = now } }, now);
            for (var i = 0; i < count; i++, let++)
                if (Math.Abs(told[let] - (now - Noon).TotalSeconds) <= Math.Max(1, told[let] / 4))
                    good++;
            line = line with { Pace = pace, Available = line.Available - count, Waiting = line.Waiting - count };
        }

        good.ShouldBeGreaterThan(1600); // 80 of 100 within a quarter
    }

    [Fact]
    public void Nobody_stays_away_for_so_long_that_they_would_be_passed_by()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var line = Who_is_let_in.Open(random.Next(1000), random.Next(100_000)) with { Registered = random.Next(100_000), IsDrawn = random.Next(2) == 0 };
            var pause = Outlook.PollAfter(Sale, line, random.Next(2) == 0 ? null : random.Next(100_000), random.NextDouble(), Noon.AddSeconds(random.Next(-500, 500)));
            pause.ShouldBeInRange(TimeSpan.FromSeconds(1), Outlook.LongestPause);
        }

        // Days before, nobody is passed by; but all are back in time.
        var early = Outlook.PollAfter(Sale, LineState.Nothing, null, 0.3, Noon.AddMinutes(-40));
        early.ShouldBeInRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(36));
    }
}
