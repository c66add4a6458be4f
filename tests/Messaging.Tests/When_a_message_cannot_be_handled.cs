using MassTransit;

namespace MiStore.Messaging.Tests;

public sealed class When_a_message_cannot_be_handled(Counter counter) : IClassFixture<Counter>
{
    [Fact]
    public async Task One_that_nobody_can_digest_is_put_aside_soon_and_holds_up_no_other()
    {
        await counter.Do("alter table counted add check (number <> 13)");
        var faults = await counter.Broker.Listen<Fault<Count>>();

        await counter.Broker.Publish(new Count(13));
        await counter.Broker.Publish(new Count(14));

        await Eventually.Passes(async () => (await counter.Rows("counted", "number = 14")).ShouldBe(1));
        (await faults.First(fault => fault.Message.Number == 13)).Exceptions[0].Message.ShouldContain("check constraint");
        (await counter.Rows("counted", "number = 13")).ShouldBe(0);
    }

    [Fact]
    public async Task One_that_waits_for_the_database_is_handled_when_it_is_back()
    {
        await counter.Do(
            """
            create sequence outage_tries;
            create function refuse_during_outage() returns trigger language plpgsql as $$
            begin
                -- Longer than the tries of a message that cannot be digested.
                if new.number = 20 and nextval('outage_tries') <= 8 then
                    raise exception 'the database system is starting up' using errcode = '57P03';
                end if;
                return new;
            end $$;
            create trigger outage before insert on counted for each row execute function refuse_during_outage();
            """);

        await counter.Broker.Publish(new Count(20));

        await Eventually.Passes(async () => (await counter.Rows("counted", "number = 20")).ShouldBe(1));
    }
}
