using MiStore.Gateway.WaitingRoom;

namespace MiStore.WaitingRoom.Tests;

public sealed class Every_draw
{
    static readonly byte[] Seed = Draw.Seed("a key of the tests that nobody else knows", Guid.Parse("01930f3a-7c00-7000-8000-000000000001"));

    [Fact]
    public void Is_the_same_for_the_same_seed_and_list_whoever_draws()
    {
        var tickets = Tickets(500, 1);
        Order(Seed, tickets).ShouldBe(Order(Seed, [.. tickets.Reverse()]));
    }

    [Fact]
    public void Changes_altogether_with_one_ticket_more()
    {
        var tickets = Tickets(500, 2);
        var order = Order(Seed, tickets);
        var other = Order(Seed, [.. tickets, Guid.NewGuid().ToString("n")]);

        // Of a random order of 500 about one stays where it was.
        other.Zip(order).Count(pair => pair.First == pair.Second).ShouldBeLessThan(20);
    }

    [Fact]
    public void Has_another_seed_for_each_sale_and_each_key()
    {
        Draw.Seed("key", Guid.Empty).ShouldBe(Draw.Seed("key", Guid.Empty));
        Draw.Seed("key", Guid.Empty).ShouldNotBe(Draw.Seed("key", Guid.AllBitsSet));
        Draw.Seed("key", Guid.Empty).ShouldNotBe(Draw.Seed("other key", Guid.Empty));
    }

    [Fact]
    public void Favours_nobody()
    {
        // Who came first is as often in the first tenth as who came last: 400 draws, a mean of 40, a deviation of 6.
        var counts = new int[50];
        for (var draw = 0; draw < 400; draw++)
        {
            var tickets = Tickets(50, draw);
            foreach (var winner in Order(Draw.Seed("key", Guid.NewGuid()), tickets).Take(5))
                counts[Array.IndexOf(tickets, winner)]++;
        }

        counts.ShouldAllBe(count => count > 10 && count < 75);
    }

    [Fact]
    public void Puts_every_drawn_ticket_before_every_later_one_and_those_in_their_order()
    {
        var drawAt = new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var tickets = Tickets(1000, 3);
        var hash = Draw.HashOfList(tickets);
        var last = tickets.Max(ticket => Draw.PlaceOfDrawn(Seed, hash, ticket));

        // Also before one whose place on the list was lost, and who stands between the two.
        Draw.PlaceOfOther(drawAt.AddYears(-100), drawAt).ShouldBeGreaterThan(last);
        Draw.PlaceOfOther(drawAt, drawAt).ShouldBe(0);
        Draw.PlaceOfOther(drawAt.AddMicroseconds(1), drawAt).ShouldBeLessThan(Draw.PlaceOfOther(drawAt.AddMicroseconds(2), drawAt));
    }

    [Fact]
    public void Gives_places_that_are_whole_numbers_which_a_double_holds_exactly()
    {
        var tickets = Tickets(1000, 4);
        var hash = Draw.HashOfList(tickets);
        tickets.Select(ticket => Draw.PlaceOfDrawn(Seed, hash, ticket)).ShouldAllBe(place => place == (long)place && place >= -9007199254740992 && place < 0);
    }

    static string[] Order(byte[] seed, string[] tickets)
    {
        var hash = Draw.HashOfList(tickets);
        return [.. tickets.OrderBy(ticket => Draw.PlaceOfDrawn(seed, hash, ticket))];
    }

    static string[] Tickets(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))]).ToString("n"))];
    }
}
