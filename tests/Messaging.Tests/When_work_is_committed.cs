using Dapper;

namespace MiStore.Messaging.Tests;

public sealed class When_work_is_committed(Counter counter) : IClassFixture<Counter>
{
    [Fact]
    public async Task The_row_and_the_message_are_both_there()
    {
        var counted = await counter.Broker.Listen<Counted>();

        await using (var work = await counter.Work.Begin(TestContext.Current.CancellationToken))
        {
            await work.Connection.ExecuteAsync("insert into counted values (10)", transaction: work.Transaction);
            work.Publish(new Counted(10));
            await work.Commit();
        }

        (await counter.Rows("counted", "number = 10")).ShouldBe(1);
        await counted.First(message => message.Number == 10);
        await counter.Relayed();
    }

    [Fact]
    public async Task And_when_it_is_not_neither_is()
    {
        var counted = await counter.Broker.Listen<Counted>();

        await using (var work = await counter.Work.Begin(TestContext.Current.CancellationToken))
        {
            await work.Connection.ExecuteAsync("insert into counted values (20)", transaction: work.Transaction);
            work.Publish(new Counted(20));
        }

        await counter.Say(new Counted(21));
        await counted.First(message => message.Number == 21);

        (await counter.Rows("counted", "number = 20")).ShouldBe(0);
        counted.Messages.ShouldNotContain(message => message.Number == 20);
    }

    [Fact]
    public async Task A_commit_that_the_database_refuses_sends_nothing()
    {
        var counted = await counter.Broker.Listen<Counted>();
        await counter.Do("create table strict (number int unique deferrable initially deferred)");

        await using (var work = await counter.Work.Begin(TestContext.Current.CancellationToken))
        {
            await work.Connection.ExecuteAsync("insert into strict values (1), (1)", transaction: work.Transaction);
            work.Publish(new Counted(30));
            await Should.ThrowAsync<Npgsql.PostgresException>(() => work.Commit());
        }

        await counter.Say(new Counted(31));
        await counted.First(message => message.Number == 31);

        (await counter.Rows("strict")).ShouldBe(0);
        counted.Messages.ShouldNotContain(message => message.Number == 30);
    }

    [Fact]
    public async Task What_is_to_be_said_later_waits_for_the_clock()
    {
        var counted = await counter.Broker.Listen<Counted>();
        var later = counter.Clock.Now.AddMinutes(10);

        await counter.Say(new Counted(40), notBefore: later);
        await counter.Say(new Counted(41));
        await counted.First(message => message.Number == 41);
        counted.Messages.ShouldNotContain(message => message.Number == 40);

        counter.Clock.Now = later;
        await counted.First(message => message.Number == 40);
    }
}
