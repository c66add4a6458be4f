using MiStore.Messaging.Replays;

namespace MiStore.Messaging.Tests;

public sealed class When_copies_are_counted
{
    [Fact]
    public void Nothing_is_missing_of_what_was_told_and_seen() => CopyKeeper.IsLess([24, 4], 28, [24, 4]).ShouldBeFalse();

    [Fact]
    public void More_than_was_told_is_not_less() => CopyKeeper.IsLess([25, 4], 28, [24, 4]).ShouldBeFalse();

    [Fact]
    public void Less_in_all_is_noticed_at_the_first_look() => CopyKeeper.IsLess([24, 0], 28, []).ShouldBeTrue();

    // Four offers came in the moment in which four markets were lost: nothing was asked for again, and the market stayed unknown.
    [Fact]
    public void As_many_that_came_of_another_kind_do_not_hide_what_is_gone() => CopyKeeper.IsLess([28, 0], 28, [24, 4]).ShouldBeTrue();
}
