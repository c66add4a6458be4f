using System.Globalization;
using System.Text.Json;
using MiStore.Contracts.Sales;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.WaitingRoom.Tests;

public sealed class When_a_record_is_checked
{
    static readonly DateTimeOffset Noon = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly byte[] Seed = Draw.Seed("a key of the tests that nobody else knows", Guid.Empty);
    static readonly string[] Drawn = [.. Enumerable.Range(0, 20).Select(_ => Guid.NewGuid().ToString("n"))];
    static readonly string[] Order = [.. Drawn.OrderBy(ticket => Draw.PlaceOfDrawn(Seed, Draw.HashOfList(Drawn), ticket))];
    static readonly string Late = Guid.NewGuid().ToString("n");

    static readonly SaleRecord Honest = new(
        2, Guid.Empty, "US", "MI-BAND-BLK", 3, Noon, Noon, new WaitingRoomRules(), Draw.Commitment(Seed), Convert.ToHexStringLower(Seed),
        Draw.HashOfList(Drawn), Drawn.Length, Drawn,
        [
            "drawn 0", $"late {Late} {Micros(Noon.AddSeconds(1))}", $"in {Order[0]} 1", $"away {Order[1]} 1", $"in {Order[2]} 1", $"used {Order[0]} 2",
            $"back {Order[1]} 3", $"unheard {Order[2]} 4", $"in {Order[1]} 5", $"more {Order[1]} 6 420000", $"back {Order[2]} 6", $"in {Order[2]} 7", $"lapsed {Order[1]} 425008",
            $"in {Order[3]} 9", $"used {Order[2]} 10", $"used {Order[3]} 11",
        ], 0, 0, 3, 0, null);

    static readonly SaleRecord Window = Honest with
    {
        Rules = new WaitingRoomRules(DrawnOnlySeconds: 60), List = [], ListCount = 0, ListHash = Draw.HashOfList([]),
        Journal = ["drawn 0", $"late {Late} {Micros(Noon.AddSeconds(1))}", $"in {Late} {Noon.AddSeconds(60).ToUnixTimeMilliseconds()}"],
    };

    static readonly SaleRecord LateInTheWindow = Window with
    {
        Journal = [.. Window.Journal.Take(2), $"in {Late} {Noon.AddSeconds(59).ToUnixTimeMilliseconds()}"],
    };

    [Fact]
    public void Who_comes_late_is_let_in_after_the_first_window() => QueueProof.Of(Window).Differences.ShouldBeEmpty();

    [Fact]
    public void What_happened_as_it_had_to_is_found_right()
    {
        var verdict = QueueProof.Of(Honest);
        verdict.Differences.ShouldBeEmpty();
        verdict.Count(QueueProof.Outcome.Served).ShouldBe(3);
        verdict.Count(QueueProof.Outcome.Lapsed).ShouldBe(1);
        verdict.Count(QueueProof.Outcome.Refused).ShouldBe(17);
        verdict.MostInside.ShouldBe(2);
    }

    /// <summary>Each is what somebody who favours a friend would have to do.</summary>
    public static TheoryData<string, SaleRecord> Plants => new()
    {
        { "another seed", Honest with { Seed = Convert.ToHexStringLower(Draw.Seed("another", Guid.Empty)) } },
        { "another seed and its commitment", Reseeded() },
        { "a ticket taken off the list", Honest with { List = Drawn[1..], ListCount = 19 } },
        { "a ticket put on the list", Honest with { List = [.. Drawn, Late], ListCount = 21 } },
        { "somebody let in before their turn", Honest with { Journal = ["drawn 0", $"in {Order[1]} 1", .. Honest.Journal.Skip(3)] } },
        { "a late one let in before the drawn", Honest with { Journal = [.. Honest.Journal.Take(2), $"in {Late} 1", .. Honest.Journal.Skip(3)] } },
        { "somebody served who was never let in", Honest with { Journal = [.. Honest.Journal, $"used {Late} 12"] } },
        { "somebody let in who is not in the line", Honest with { Journal = [.. Honest.Journal, $"in {Guid.NewGuid():n} 12"] } },
        { "two steps exchanged", Honest with { Journal = [.. Honest.Journal.Take(2), Honest.Journal[3], Honest.Journal[2], .. Honest.Journal.Skip(4)] } },
        { "somebody brought back who was not passed by", Honest with { Journal = [.. Honest.Journal, $"back {Order[1]} 12"] } },
        { "a late one dated before the draw", Honest with { Journal = ["drawn 0", $"late {Late} {Micros(Noon.AddSeconds(-1))}", .. Honest.Journal.Skip(2)] } },
        { "more let in at once than there are units", Honest with { Quantity = 1 } },
        { "more time than the rules allow", Honest with { Rules = new WaitingRoomRules(AdmissionSeconds: 200) } },
        { "more time than once too often", Honest with { Rules = new WaitingRoomRules(Extensions: 0) } },
        { "a late one let in while only the drawn could be", LateInTheWindow },
        { "time beyond the end of the sale", Honest with { ClosesAt = DateTimeOffset.FromUnixTimeMilliseconds(300_000) } },
        { "time for somebody who was not let in", Honest with { Journal = [.. Honest.Journal, $"more {Late} 6 120000"] } },
        { "a turn taken back before its end", Honest with { Journal = [.. Honest.Journal.Select(step => step.Replace("425008", "419000"))] } },
        { "a step that nobody knows", Honest with { Journal = [.. Honest.Journal, $"friend {Late} 12"] } },
        { "a second draw", Honest with { Journal = [.. Honest.Journal, "drawn 12"] } },
        { "a line that was lost", Honest with { Journal = [.. Honest.Journal, "lost 12"] } },
    };

    [Theory]
    [MemberData(nameof(Plants))]
    public void A_difference_is_found(string what, SaleRecord record) => QueueProof.Of(record).Differences.ShouldNotBeEmpty(what);

    [Fact]
    public async Task The_command_ends_with_what_it_found()
    {
        var folder = Directory.CreateTempSubdirectory("mistore-record-").FullName;
        try
        {
            string Written(string name, SaleRecord record)
            {
                var file = Path.Combine(folder, name);
                File.WriteAllText(file, JsonSerializer.Serialize(record, JsonSerializerOptions.Web));
                return file;
            }

            (await VerifyQueue.Run([Written("honest.json", Honest)])).ShouldBe(0);
            (await VerifyQueue.Run([Written("planted.json", Honest with { Journal = ["drawn 0", $"in {Order[4]} 1"] })])).ShouldBe(1);
            (await VerifyQueue.Run([Path.Combine(folder, "missing.json")])).ShouldBe(2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static SaleRecord Reseeded()
    {
        var seed = Draw.Seed("another", Guid.Empty);
        return Honest with { Seed = Convert.ToHexStringLower(seed), Commitment = Draw.Commitment(seed) };
    }

    static string Micros(DateTimeOffset instant) => Draw.Micros(instant).ToString(CultureInfo.InvariantCulture);
}
