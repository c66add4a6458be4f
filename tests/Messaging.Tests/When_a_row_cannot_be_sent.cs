namespace MiStore.Messaging.Tests;

public sealed class When_a_row_cannot_be_sent(Counter counter) : IClassFixture<Counter>
{
    [Fact]
    public async Task It_ends_among_the_dead_and_the_others_pass_it()
    {
        var counted = await counter.Broker.Listen<Counted>();
        var poison = Guid.CreateVersion7();
        await counter.Do(
            "insert into outbox (id, type, body) values (@poison, 'MiStore.Nothing, MiStore.Nowhere', '{}')", new { poison });

        await counter.Say(new Counted(1));
        await counted.First(message => message.Number == 1);

        await UntilDead(poison);
        (await counter.Rows("outbox_dead", $"id = '{poison}' and cause like '%MiStore.Nowhere%'")).ShouldBe(1);
        await counter.Relayed();
    }

    [Fact]
    public async Task One_that_must_arrive_and_has_no_receiver_is_not_taken_for_sent()
    {
        await counter.Say(new CountNowhere(1));

        await Eventually.Passes(async () => (await counter.Rows("outbox", "attempts > 0 and type like '%CountNowhere%'")).ShouldBe(1));
    }

    // Each attempt waits longer than the one before; the clock helps.
    Task UntilDead(Guid row) => Eventually.Passes(async () =>
    {
        counter.Clock.Advance(TimeSpan.FromHours(1));
        (await counter.Rows("outbox_dead", $"id = '{row}'")).ShouldBe(1);
    });
}
