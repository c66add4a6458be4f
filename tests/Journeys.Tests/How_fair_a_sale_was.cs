using MiStore.Contracts.Sales;
using MiStore.Gateway.WaitingRoom;
using MiStore.Rehearsal.Sales;

namespace MiStore.Journeys.Tests;

/// <summary>Figures of a report, held against sales of which we know how they were.</summary>
public sealed class How_fair_a_sale_was
{
    static readonly DateTimeOffset Opening = new(2015, 6, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly byte[] Seed = Draw.Seed("a key that nobody else has", Guid.Empty);

    static readonly string[] List = [.. Enumerable.Range(1, 200).Select(number => number.ToString("x32"))];

    [Fact]
    public void Everybody_in_turn_is_one_and_the_last_first_is_minus_one()
    {
        var hash = Draw.HashOfList(List);
        var inTurn = List.OrderBy(ticket => Draw.PlaceOfDrawn(Seed, hash, ticket)).ToArray();

        Of(inTurn).AdmittedAgainstPlace!.Value.ShouldBe(1, 1e-9);
        Of([.. inTurn.Reverse()]).AdmittedAgainstPlace!.Value.ShouldBe(-1, 1e-9);
    }

    [Fact]
    public void A_draw_does_not_care_who_came_first()
    {
        var fairness = Of(List);

        Math.Abs(fairness.PlaceAgainstRegistration!.Value).ShouldBeLessThan(4 * fairness.Chance!.Value);
    }

    [Fact]
    public void A_wait_begins_with_the_opening_or_with_coming_later()
    {
        var late = new string('f', 32);
        var fairness = Of([List[0]], $"late {late} {Draw.Micros(Opening.AddSeconds(3))}", $"in {late} {Millis(5)}", $"used {late} {Millis(7)}");

        fairness.Waits.ShouldBe([(1, 1.0, true), (2, 2.0, false)]);
        fairness.Orders.ShouldBe([7.0]);
        (fairness.Drawn, fairness.Late).ShouldBe((200, 1));
    }

    [Fact]
    public void Ranks_are_those_that_are_reckoned_by_hand()
    {
        Fairness.RankCorrelation([1, 2, 3, 4, 5])!.Value.ShouldBe(1, 1e-9);
        Fairness.RankCorrelation([2, 1, 4, 3, 5])!.Value.ShouldBe(1 - 6.0 * 4 / (5 * 24), 1e-9);
        Fairness.RankCorrelation([7]).ShouldBeNull();
        Fairness.RankCorrelation([7, 7, 7]).ShouldBeNull();
    }

    /// <param name="admitted">A second after the opening each, in this order.</param>
    static Fairness Of(string[] admitted, params string[] more)
    {
        var record = new SaleRecord(
            SaleRecord.CurrentFormat, Guid.Empty, "US", "MI-BAND-BLK", 200, Opening, Opening, new WaitingRoomRules(null, 1, 300, 0),
            Draw.Commitment(Seed), Convert.ToHexStringLower(Seed), Draw.HashOfList(List), List.Length, List,
            [$"drawn {Millis(0)}", .. admitted.Select(ticket => $"in {ticket} {Millis(1)}"), .. more], 200, 0, 0, 0, null);
        return Fairness.Of(record, QueueProof.Of(record));
    }

    static long Millis(int seconds) => Opening.AddSeconds(seconds).ToUnixTimeMilliseconds();
}
