using MiStore.Contracts.Sales;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.WaitingRoom.Tests;

/// <summary>
/// Many small sales, by the rules of the line and without a Redis: pages that have the answer held, programs that come back when
/// told (wait-in-line.py), and programs that ask ten times a second. Nobody gets more for it.
/// </summary>
public sealed class Who_wins
{
    const int Sales = 300, OfEachKind = 10, Units = 10;

    static readonly DateTimeOffset Opening = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Held = TimeSpan.FromSeconds(20);

    enum Kind { Page, Program, Hammer }

    sealed class Buyer(Kind kind, Guid id)
    {
        public Kind Kind => kind;
        public Guid Id => id;
        public Rhythm Rhythm { get; set; } = Rhythm.Nothing(new RoomOptions().EarlyAsks);
        public DateTimeOffset Next { get; set; }
        public DateTimeOffset Seen { get; set; }
        public DateTimeOffset? LetIn { get; set; }
        public bool HasBought { get; set; }
    }

    [Fact]
    public void Is_not_decided_by_how_often_one_asks()
    {
        var wins = Enum.GetValues<Kind>().ToDictionary(kind => kind, _ => 0);
        for (var seed = 0; seed < Sales; seed++)
            foreach (var winner in Hold(new Random(seed)))
                wins[winner.Kind]++;

        // Each kind has a third of all units, which vary as draws do: a deviation of about 22 in a thousand.
        wins.Values.Sum().ShouldBe(Sales * Units);
        wins.Values.ShouldAllBe(count => Math.Abs(count - Sales * Units / 3) < 90);
    }

    static IEnumerable<Buyer> Hold(Random random)
    {
        var bytes = new byte[16];
        var buyers = Enum.GetValues<Kind>().SelectMany(kind => Enumerable.Range(0, OfEachKind).Select(_ =>
        {
            random.NextBytes(bytes);
            return new Buyer(kind, new Guid(bytes)) { Next = Opening - TimeSpan.FromSeconds(random.Next(60)) };
        })).ToList();
        random.NextBytes(bytes);
        var (seed, hash) = (bytes.ToArray(), Draw.HashOfList(buyers.Select(buyer => buyer.Id.ToString("n"))));
        var line = buyers.OrderBy(buyer => Draw.PlaceOfDrawn(seed, hash, buyer.Id.ToString("n"))).ToList();
        var sale = new Sale(
            Guid.Empty, 1, "US", "T", Opening, null, new Contracts.Sales.WaitingRoom(Guid.Empty, Units, new WaitingRoomRules()));

        for (var now = Opening.AddMinutes(-1); buyers.Count(buyer => buyer.HasBought) < Units; now += Tick)
        {
            var promised = buyers.Count(buyer => buyer.LetIn is not null || buyer.HasBought);
            // Who is there is let in; who does not come to hear of it is passed by and stays next.
            foreach (var passed in buyers.Where(buyer => buyer.LetIn < now - Line.Hearing))
                passed.LetIn = null;
            if (now >= Opening)
                foreach (var next in line.Where(buyer => IsNext(buyer, now)).Take(Units - promised))
                    (next.LetIn, next.Next) = (now, next.Kind == Kind.Page ? now : next.Next); // a held answer comes at once
            foreach (var buyer in buyers.Where(buyer => buyer.Next <= now && !buyer.HasBought))
                Ask(buyer, sale, now);
        }

        return buyers.Where(buyer => buyer.HasBought);
    }

    static bool IsNext(Buyer buyer, DateTimeOffset now) =>
        buyer is { LetIn: null, HasBought: false } && now - buyer.Seen < Outlook.Presence;

    static void Ask(Buyer buyer, Sale sale, DateTimeOffset now)
    {
        // The page's question is out already when its turn comes.
        if (buyer is { Kind: Kind.Page, LetIn: not null })
        {
            buyer.HasBought = true;
            return;
        }

        var held = buyer.Kind == Kind.Page ? Held : TimeSpan.Zero;
        (buyer.Rhythm, var refused) = buyer.Rhythm.Ask(held > TimeSpan.Zero, new RoomOptions().EarlyAsks, now);
        if (refused is { } comeBackIn)
        {
            buyer.Next = now + (buyer.Kind == Kind.Hammer ? Tick : comeBackIn);
            return;
        }

        buyer.Seen = now;
        buyer.HasBought = buyer.LetIn is not null;
        var line = LineState.Nothing with
        {
            IsKnown = true, IsTold = true, IsDrawn = now >= Opening, Available = Units, Waiting = OfEachKind * 3, Pace = Pace.Unproven(now),
        };
        var pause = Outlook.PollAfter(sale, line, null, Outlook.SpreadOf(buyer.Id), now);
        buyer.Rhythm = buyer.Rhythm.Told(now, held, pause);
        buyer.Next = now + buyer.Kind switch
        {
            Kind.Page => held,
            Kind.Program => TimeSpan.FromSeconds(Math.Ceiling(pause.TotalSeconds)),
            _ => Tick,
        };
    }
}
