using MiStore.Local;

namespace MiStore.AppHost.Tests;

public sealed class When_a_process_keeps_ending
{
    readonly BackOff backOff = new();

    [Fact]
    public void It_is_started_again_after_half_a_second_then_twice_as_long_up_to_ten_seconds() =>
        Enumerable.Range(0, 7).Select(_ => backOff.After(TimeSpan.Zero).TotalSeconds)
            .ShouldBe([0.5, 1, 2, 4, 8, 10, 10]);

    [Fact]
    public void Ten_healthy_seconds_are_a_fresh_start()
    {
        for (var crash = 0; crash < 5; crash++)
            backOff.After(TimeSpan.Zero);

        backOff.After(TimeSpan.FromSeconds(10)).TotalSeconds.ShouldBe(0.5);
        backOff.After(TimeSpan.Zero).TotalSeconds.ShouldBe(1);
    }
}
