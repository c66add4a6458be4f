namespace MiStore.Messaging.Tests;

public sealed class When_a_service_has_several_instances(Counter counter) : IClassFixture<Counter>
{
    const int Messages = 1200;

    [Fact]
    public async Task Each_message_is_relayed_and_has_its_effect_once()
    {
        await counter.StartInstance();
        var counted = await counter.Broker.Listen<Counted>();

        // More than one look of the relay takes, written from several places at once.
        await Parallel.ForEachAsync(Enumerable.Range(0, 12), TestContext.Current.CancellationToken, async (part, cancellation) =>
        {
            await using var work = await counter.Work.Begin(cancellation);
            work.Publish(Enumerable.Range(part * 100, 100).Select(number => new Count(number)));
            await work.Commit(cancellation);
        });

        await Eventually.Passes(async () => (await counter.Rows("counted")).ShouldBe(Messages));
        await counter.Relayed();
        await Eventually.True(() => counted.Messages.Count == Messages);

        (await counter.Rows("(select distinct number from counted) numbers")).ShouldBe(Messages);
        counted.Messages.Select(message => message.Number).Distinct().Count().ShouldBe(Messages);
    }
}
