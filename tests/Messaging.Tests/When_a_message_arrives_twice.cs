namespace MiStore.Messaging.Tests;

public sealed class When_a_message_arrives_twice(Counter counter) : IClassFixture<Counter>
{
    [Fact]
    public async Task It_has_one_effect_and_says_one_thing()
    {
        var counted = await counter.Broker.Listen<Counted>();
        var id = Guid.NewGuid();

        // At the same moment, so that some of them meet in the inbox.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => counter.Broker.Publish(new Count(1), id)));
        await counter.Broker.Publish(new Count(1), id);
        await counted.First(message => message.Number == 1);
        await EverythingBefore(2, counted);

        (await counter.Rows("counted", "number = 1")).ShouldBe(1);
        (await counter.Rows("inbox", $"message_id = '{id}'")).ShouldBe(1);
        counted.Messages.Count(message => message.Number == 1).ShouldBe(1);
    }

    [Fact]
    public async Task Two_messages_of_the_same_words_are_two()
    {
        var counted = await counter.Broker.Listen<Counted>();

        await counter.Broker.Publish(new Count(3));
        await counter.Broker.Publish(new Count(3));

        await Eventually.Passes(async () => (await counter.Rows("counted", "number = 3")).ShouldBe(2));
        await Eventually.True(() => counted.Messages.Count(message => message.Number == 3) == 2);
    }

    // The queue is read in order by many at once: when these have been heard of, those before have been taken too.
    async Task EverythingBefore(int number, Heard<Counted> counted)
    {
        for (var i = 0; i < 3; i++)
        {
            await counter.Broker.Publish(new Count(number + i * 100));
            await counted.First(message => message.Number == number + i * 100);
        }

        await counter.Relayed();
    }
}
