namespace MiStore.Messaging.Tests;

public sealed class When_the_broker_comes_back(Counter counter) : IClassFixture<Counter>
{
    [Fact]
    public async Task A_queue_is_read_again_though_the_broker_went_away_between_two_questions_of_its_reader()
    {
        counter.Wire.GoDeadAt(Wire.DeclareExchange);
        counter.Wire.Cut();
        await Eventually.True(() => counter.Wire.Died > 0);
        counter.Wire.Mend();
        counter.Wire.Cut();

        await counter.Say(new Count(1));

        await Eventually.Passes(async () => (await counter.Rows("counted")).ShouldBe(1), within: TimeSpan.FromMinutes(4));
        await counter.Relayed();
    }
}
