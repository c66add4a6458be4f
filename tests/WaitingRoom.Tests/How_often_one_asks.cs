using MiStore.Gateway.WaitingRoom;

namespace MiStore.WaitingRoom.Tests;

public sealed class How_often_one_asks
{
    const int MostEarly = 5;

    static readonly DateTimeOffset Noon = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    [Fact]
    public void Is_always_right_for_who_comes_when_told()
    {
        var (rhythm, now) = (Rhythm.Nothing(MostEarly), Noon);
        for (var i = 0; i < 100; i++, now += Pause)
            Heard(ref rhythm, TimeSpan.Zero, now).ShouldBeNull();
    }

    [Fact]
    public void Is_always_right_for_who_has_the_answer_held_and_comes_again_at_once()
    {
        var (rhythm, now) = (Rhythm.Nothing(MostEarly), Noon);
        for (var i = 0; i < 100; i++, now += TimeSpan.FromSeconds(10.3))
            Heard(ref rhythm, TimeSpan.FromSeconds(10), now).ShouldBeNull();
    }

    [Fact]
    public void May_be_sooner_a_few_times_as_when_a_page_is_loaded_again_and_then_says_when_to_come()
    {
        var rhythm = Rhythm.Nothing(MostEarly);
        Heard(ref rhythm, TimeSpan.Zero, Noon).ShouldBeNull();
        for (var i = 1; i <= MostEarly; i++)
            Heard(ref rhythm, TimeSpan.Zero, Noon.AddSeconds(i)).ShouldBeNull();

        var told = Heard(ref rhythm, TimeSpan.Zero, Noon.AddSeconds(6)).ShouldNotBeNull();
        told.ShouldBeInRange(TimeSpan.FromSeconds(10), Pause);
        Heard(ref rhythm, TimeSpan.Zero, Noon.AddSeconds(7)).ShouldNotBeNull().ShouldBeLessThan(told); // to ask does not put it off
        Heard(ref rhythm, TimeSpan.Zero, Noon.AddSeconds(6) + told).ShouldBeNull();
    }

    [Fact]
    public void Is_seldom_more_for_a_loop_than_for_a_page()
    {
        var (rhythm, heard) = (Rhythm.Nothing(MostEarly), 0);
        for (var now = Noon; now < Noon.AddHours(1); now = now.AddMilliseconds(100))
            heard += Heard(ref rhythm, TimeSpan.Zero, now) is null ? 1 : 0;

        // What is told is twenty seconds, enforced to three quarters: 240 an hour, and one a minute besides.
        heard.ShouldBeLessThan(240 + 60 + MostEarly + 1);
    }

    [Fact]
    public void Is_nothing_to_ask_about_once_it_is_ones_turn()
    {
        var rhythm = Rhythm.Nothing(0);
        rhythm = rhythm.Ask(isHeld: false, 0, Noon).Next.Told(Noon, TimeSpan.Zero, null);
        rhythm.Ask(isHeld: false, 0, Noon.AddSeconds(1)).ComeBackIn.ShouldBeNull();
    }

    static TimeSpan? Heard(ref Rhythm rhythm, TimeSpan held, DateTimeOffset now)
    {
        (rhythm, var comeBackIn) = rhythm.Ask(held > TimeSpan.Zero, MostEarly, now);
        if (comeBackIn is null)
            rhythm = rhythm.Told(now, held, Pause);
        return comeBackIn;
    }
}
