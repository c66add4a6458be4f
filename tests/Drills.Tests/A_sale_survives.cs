using MiStore.Drills.Faults;

namespace MiStore.Drills.Tests;

/// <summary>
/// The drills, cut down to a minute or two: a small sale in which things are killed. `./mistore drill` has all of them, with
/// ten thousand units and the negative controls.
/// </summary>
public sealed class A_sale_survives
{
    static readonly RunSettings Small = new(Seed: 2015_06_01, Units: 600, Buyers: 32) { SaleWithin = TimeSpan.FromMinutes(10) };

    [Fact]
    public async Task The_death_of_its_stores_and_services_one_after_the_other()
    {
        RequireServers();
        var drill = new Drill("short", "", (random, units) => Drills.Spread(random, units,
        [
            new Fault.Kill("checkout"), new Fault.Kill("postgres"), new Fault.Kill("rabbitmq"), new Fault.Kill("redis"),
            new Fault.Kill("payment-sandbox", "gateway"),
        ]))
        {
            // RabbitMQ is among the dead: as in its own drill.
            SettlesWithin = TimeSpan.FromSeconds(120),
            Cards = [("tok_ok", 90), ("tok_duplicate", 3), ("tok_order", 3), ("tok_fail_after", 2), ("tok_declined", 2)],
        };

        var outcome = await Run.Hold(drill, Small);

        outcome.Findings.Where(finding => !finding.IsGood).ShouldBeEmpty();
        outcome.Strikes.Count.ShouldBe(5);
    }

    // `./mistore test` sets it; the drill itself starts servers of its own.
    static void RequireServers() => _ = TestServers.Postgres;
}
