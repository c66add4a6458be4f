using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Gateway.WaitingRoom;
using static MiStore.WaitingRoom.Tests.SaleShop;

namespace MiStore.WaitingRoom.Tests;

public sealed class What_a_place_costs(SaleShop shop) : IClassFixture<SaleShop>
{
    static readonly RoomOptions Options = new();
    static readonly DateTimeOffset Now = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(4, 0, 14)]
    [InlineData(7, 0, 14)]
    [InlineData(8, 0, 15)]
    [InlineData(31, 0, 16)]
    [InlineData(0, 5000, 0)] // the first of a network is free in the greatest rush
    [InlineData(1, 501, 14)]
    [InlineData(2, 501, 15)]
    [InlineData(1, 2001, 16)]
    [InlineData(31, 1e9, 20)]
    public void Doubles_with_the_places_of_a_network_and_with_the_rush(long places, double perSecond, int bits) =>
        Effort.Bits(places, perSecond, Options).ShouldBe(bits);

    [Fact]
    public void Work_is_enough_for_what_it_was_asked_for_and_while_places_or_rush_double_once()
    {
        foreach (var perSecond in new[] { 0.0, 501, 1001, 30_000 })
            for (var places = 0L; places < Options.PlacesPerNetwork; places++)
            {
                var bits = Effort.Bits(places, perSecond, Options);
                Effort.Places(bits, perSecond, Options).ShouldBeGreaterThan(places);
                if (bits == 0 || bits == Options.MostBits)
                    continue;
                Effort.Places(0, perSecond, Options).ShouldBeLessThanOrEqualTo(places);
                Effort.Places(bits, perSecond, Options).ShouldBeGreaterThan(2 * places);
                if (perSecond > Options.RushPerSecond)
                    Effort.Places(bits, 2 * perSecond, Options).ShouldBeGreaterThan(places);
            }
    }

    [Fact]
    public void A_rush_is_forgotten_in_seconds()
    {
        var rate = default(Rate);
        for (var i = 0; i < 40_000; i++)
            rate = rate.Again(Now.AddMilliseconds(i));

        rate.AsOf(Now.AddSeconds(40)).ShouldBeInRange(950, 1050);
        rate.AsOf(Now.AddSeconds(60)).ShouldBeLessThan(150);
    }

    [Fact]
    public void Only_our_own_puzzle_for_this_mailbox_and_sale_counts_and_only_for_a_while()
    {
        var (sale, seal) = (Guid.NewGuid(), new PuzzleSeal("a key of thirty-two letters, or so"));
        var puzzle = new Puzzle(sale, "ada", 6, Now);
        var text = seal.Seal(puzzle);
        var nonce = Enumerable.Range(0, int.MaxValue).Select(number => $"{number}").First(number => Puzzle.IsSolved(text, number, 6));
        var wrong = Enumerable.Range(0, int.MaxValue).Select(number => $"{number}").First(number => !Puzzle.IsSolved(text, number, 6));
        seal.Open(text).ShouldBe(puzzle);

        BitsOf(nonce).ShouldBe(6);
        BitsOf(wrong).ShouldBe(0);
        BitsOf(nonce, at: Puzzle.Lifetime).ShouldBe(0);
        BitsOf(nonce, holder: "bob").ShouldBe(0);
        Proof.Of(puzzle, text, nonce, Guid.NewGuid(), "ada", Options, Now).Bits.ShouldBe(0);
        BitsOf(null).ShouldBe(0);
        BitsOf(null, at: Effort.Pause(6, Options)).ShouldBe(6);
        foreach (var foreign in new[] { "", ".", text + "x", text.Replace(".6.", ".1."), new PuzzleSeal("another key of thirty-two letters").Seal(puzzle) })
            seal.Open(foreign).ShouldBeNull();
        Puzzle.IsSolved(text, new string('1', 33), 0).ShouldBeFalse();

        int BitsOf(string? answer, string holder = "ada", TimeSpan at = default) => Proof.Of(puzzle, text, answer, sale, holder, Options, Now + at).Bits;
    }

    [Fact]
    public async Task Nothing_for_the_first_of_a_network_then_work_that_buys_one()
    {
        var sale = await shop.ASale(units: 1, shop.Clock.Now.AddHours(1));
        for (var i = 0; i < 4; i++)
            using (var free = await shop.AskForPlace(sale, $"free{i}@example.org"))
                ((int)free.StatusCode).ShouldBe(201);

        var asked = await Asked(sale, "fifth@example.org");
        (asked.GetProperty("code").GetString(), asked.GetProperty("bits").GetInt32()).ShouldBe(("proof-required", 6));
        asked.GetProperty("message").GetString()!.ShouldContain("30 seconds");
        using (var fifth = await shop.AskForPlace(sale, "fifth@example.org", PuzzleOf(asked), Solve(asked), shop.Other))
            ((int)fifth.StatusCode).ShouldBe(201);

        // For one mailbox, and not for another.
        (await Asked(sale, "sixth@example.org", PuzzleOf(asked), Solve(asked))).GetProperty("bits").GetInt32().ShouldBe(6);
        // Who has a place is heard without any.
        using (var again = await shop.AskForPlace(sale, "fifth@example.org"))
            ((int)again.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_pause_for_who_does_not_compute_and_asking_sooner_does_not_begin_it_anew()
    {
        var sale = await shop.ASale(units: 1, shop.Clock.Now.AddHours(1));
        for (var i = 0; i < 30; i++)
            await shop.Take(sale, $"many{i}@example.org");
        shop.Clock.Advance(TimeSpan.FromSeconds(40)); // two of the thirty have been given back

        var asked = await Asked(sale, "patient@example.org");
        (asked.GetProperty("bits").GetInt32(), asked.GetProperty("pauseSeconds").GetInt32()).ShouldBe((8, 120));
        shop.Clock.Advance(TimeSpan.FromSeconds(8));
        var sooner = await Asked(sale, "patient@example.org", PuzzleOf(asked));
        (PuzzleOf(sooner), sooner.GetProperty("pauseSeconds").GetInt32()).ShouldBe((PuzzleOf(asked), 112));
        for (var i = 0; i < 6; i++)
        {
            shop.Clock.Advance(TimeSpan.FromSeconds(19));
            await shop.Take(sale, $"others{i}@example.org"); // the network stays as busy as it was
        }

        using var patient = await shop.AskForPlace(sale, "patient@example.org", PuzzleOf(asked));
        ((int)patient.StatusCode).ShouldBe(201);
    }

    async Task<JsonElement> Asked(Guid sale, string email, string? puzzle = null, string? nonce = null)
    {
        using var answer = await shop.AskForPlace(sale, email, puzzle, nonce);
        ((int)answer.StatusCode).ShouldBe(428);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
