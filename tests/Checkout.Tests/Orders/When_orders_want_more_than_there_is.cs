using MiStore.Checkout.Orders;
using MiStore.Contracts.Stock;
using static MiStore.Checkout.Tests.AnOrder;

namespace MiStore.Checkout.Tests.Orders;

public sealed class When_orders_want_more_than_there_is
{
    [Fact]
    public void The_first_to_come_are_served()
    {
        var book = ABook(ABatch(units: 3));

        var answers = Enumerable.Range(0, 5).Select(i => book.Place(APlacement(customer: $"c{i}"))).ToList();

        answers.Take(3).ShouldAllBe(answer => answer is PlacementResult.Reserved);
        answers.Skip(3).ShouldAllBe(answer => answer is PlacementResult.SoldOut);
        book.ChangedBatches.Single().After.Available.ShouldBe(0);
    }

    [Fact]
    public void An_order_gets_all_of_its_units_or_none()
    {
        var book = ABook(ABatch(units: 3), ABatch(units: 5, sku: "MI-HP-GLD"));
        var both = APlacement() with { Wanted = [new WantedUnits("MI-HP-GLD", 5, null), new WantedUnits("MI-BAND-BLK", 4, null)] };

        book.Place(both).ShouldBeOfType<PlacementResult.SoldOut>().Available.ShouldBe(3);
        book.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void The_next_open_batch_fills_what_the_first_lacks()
    {
        var first = ABatch(units: 1, opensAt: Noon.AddHours(-2));
        var second = ABatch(units: 5, opensAt: Noon.AddHours(-1));
        var book = ABook(second, first);

        book.Place(APlacement(units: 3)).ShouldBeOfType<PlacementResult.Reserved>();
        book.Entries.Select(entry => (entry.BatchId, entry.Units)).ShouldBe([(first.Id, 1), (second.Id, 2)]);
    }

    [Fact]
    public void A_batch_gives_one_customer_no_more_than_its_limit_however_many_orders()
    {
        var book = ABook(ABatch(units: 10, limit: 2));

        book.Place(APlacement(units: 1)).ShouldBeOfType<PlacementResult.Reserved>();
        book.Place(APlacement(units: 1)).ShouldBeOfType<PlacementResult.Reserved>();
        book.Place(APlacement(units: 1)).ShouldBeOfType<PlacementResult.LimitExceeded>().Limit.ShouldBe(2);
        book.Place(APlacement(units: 1, customer: "bob")).ShouldBeOfType<PlacementResult.Reserved>();
    }

    [Fact]
    public void A_repeated_key_in_the_same_turn_makes_one_order()
    {
        var book = ABook(ABatch(units: 10));
        var first = APlacement(key: "k");

        book.Place(first).ShouldBeOfType<PlacementResult.Reserved>();
        book.Place(APlacement(key: "k")).ShouldBeOfType<PlacementResult.Replayed>().OrderId.ShouldBe(first.OrderId);
        book.Place(APlacement(key: "k") with { RequestHash = [2] }).ShouldBeOfType<PlacementResult.KeyReused>();
        book.Placed.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_intent_to_ask_for_the_money_is_stored_with_the_units_and_is_due_for_whoever_comes_next()
    {
        var book = ABook(ABatch(units: 1));

        book.Place(APlacement());

        var stored = book.Placed.ShouldHaveSingleItem().Order;
        (stored.Status, stored.Funds).ShouldBe((OrderStatus.Paying, Funds.Asked));
        stored.PaymentDue.ShouldNotBeNull().ShouldBeGreaterThan(Noon);
    }

    [Fact]
    public void Nobody_is_asked_for_the_money_of_units_whose_hold_was_over_before_their_turn()
    {
        var book = ABook(ABatch(units: 1));

        book.Place(APlacement() with { ReservedUntil = Noon });

        var stored = book.Placed.ShouldHaveSingleItem().Order;
        (stored.Status, stored.Funds, stored.PaymentDue).ShouldBe((OrderStatus.Reserved, Funds.None, null));
    }

    [Fact]
    public void Nothing_is_called_sold_out_before_its_batch_has_opened()
    {
        var opening = Noon.AddDays(1);

        ABook(ABatch(units: 3, opensAt: opening)).Place(APlacement())
            .ShouldBeOfType<PlacementResult.NotYetOpen>().AvailableFrom.ShouldBe(opening);
        ABook().Place(APlacement()).ShouldBeOfType<PlacementResult.NotYetOpen>();
    }

    [Fact]
    public void A_closed_batch_with_units_left_is_not_sold_out() =>
        ABook(ABatch(units: 3, closesAt: Noon.AddMinutes(-1))).Place(APlacement()).ShouldBeOfType<PlacementResult.NotYetOpen>();

    [Fact]
    public void News_of_what_is_left_goes_out_only_when_the_band_changes()
    {
        var book = ABook(ABatch(units: 100));

        book.Place(APlacement());
        book.News("US").OfType<AvailabilityChanged>().ShouldBeEmpty();

        book.Place(APlacement(units: 90, customer: "bob"));
        book.News("US").OfType<AvailabilityChanged>().ShouldHaveSingleItem();
    }
}
