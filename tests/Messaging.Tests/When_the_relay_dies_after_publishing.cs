namespace MiStore.Messaging.Tests;

public sealed class When_the_relay_dies_after_publishing(Counter counter) : IClassFixture<Counter>
{
    [Fact]
    public async Task The_message_is_repeated_and_nothing_else_happens()
    {
        // The broker has confirmed, and before the row is deleted the relay's connection is gone: as when it is killed.
        await counter.Do(
            """
            create function die() returns trigger language plpgsql as 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
            create trigger dies before delete on outbox for each statement execute function die();
            """);
        var asked = await counter.Broker.Listen<Count>();

        await counter.Say(new Count(1));
        await Eventually.True(() => asked.Messages.Count >= 3);
        await counter.Do("drop trigger dies on outbox");
        await counter.Relayed();

        asked.MessageIds.Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        await Eventually.Passes(async () => (await counter.Rows("counted", "number = 1")).ShouldBe(1));
        (await counter.Rows("inbox")).ShouldBe(1);
    }
}
