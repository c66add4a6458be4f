using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Offers;
using MiStore.Pricing.Readiness;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Markets;

/// <summary>
/// Sets when a market is announced, tested and opened; offers follow by the clock, without another message. A calendar
/// that sells sooner than the one before is only taken if nothing is missing for it, or two operators agree.
/// </summary>
public static class ScheduleMarket
{
    /// <summary>Each time is an instant (2015-06-01T00:00:00Z) or the market's wall time (2015-06-01T00:00).</summary>
    /// <param name="AnnouncedFrom">Stays as it is when left out.</param>
    /// <param name="TestSale">Null for a market that opens without one.</param>
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request(string OpensAt, TestSaleTimes? TestSale, string? AnnouncedFrom = null, [property: MaxLength(500)] string? Why = null);

    public sealed record TestSaleTimes(string From, string Until);

    /// <param name="Times">What each of the calendar's times is on the clocks of every market.</param>
    public sealed record Answer(MarketView Market, IReadOnlyList<TimeEverywhere> Times);

    /// <param name="What">announcedFrom, testSale.from, testSale.until or opensAt.</param>
    /// <param name="Local">By market code: the local time with its offset from UTC.</param>
    public sealed record TimeEverywhere(string What, DateTimeOffset At, IReadOnlyDictionary<string, string> Local);

    public static void MapScheduleMarket(this RouteGroupBuilder admin) => admin
        .MapPut("/markets/{market}/calendar", Handle)
        .WithName(nameof(ScheduleMarket))
        .WithSummary("Set a market's calendar, as instants or as its own wall time")
        .WithDescription("400 invalid-calendar when times contradict each other, are newly put into the past, or a wall time is skipped or doubled by daylight saving; 409 market-not-ready (missing) when sales would start sooner and something is missing for them.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        string market, Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        await OfferPublisher.Lock(unit);

        var markets = await MarketStore.List(unit.Connection);
        if (markets.Find(known => known.Code == MarketCode.Normalize(market)) is not { } found)
            return Problems.UnknownMarket(market);
        if (Read(request, found, out var fault) is not { } calendar || (fault = calendar.FaultAfter(found.Calendar, now)) is not null)
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-calendar", "The calendar cannot be kept.", fault);
        // A hold moves with the sale that it is for. While a pause or a hold lasts nothing begins; it is at its end that the gate stands.
        if (calendar.PausedSince > now)
            calendar = calendar.Held(now);
        if (calendar.PausedSince is null && calendar.SellsSoonerThan(found.Calendar, now)
            && await Gate.Refusal(unit, found with { Calendar = calendar }, now) is { } refusal)
            return refusal;

        var scheduled = await MarketStore.Reschedule(unit.Connection, found, calendar);
        await Change.Record(unit, now, user, nameof(ScheduleMarket), found.Code, null, found.Calendar, calendar, request.Why);
        unit.Publish(scheduled.Changed);
        await OfferPublisher.Republish(unit, market: found.Code);

        await unit.Commit(cancellation);
        return TypedResults.Ok(new Answer(MarketView.Of(scheduled, now), Everywhere(calendar, markets)));
    }

    /// <summary>Null, and why, when no market can live by it. A pause outlives a new calendar.</summary>
    public static MarketCalendar? Read(Request request, Market market, out string? fault)
    {
        var announcedFrom = market.Calendar.AnnouncedFrom;
        if (request.AnnouncedFrom is { } announced && !LocalTime.TryRead(announced, market.TimeZone, out announcedFrom, out fault))
            return null;
        if (!LocalTime.TryRead(request.OpensAt, market.TimeZone, out var opensAt, out fault))
            return null;

        TestSale? testSale = null;
        if (request.TestSale is { } test)
        {
            if (!LocalTime.TryRead(test.From, market.TimeZone, out var from, out fault)
                || !LocalTime.TryRead(test.Until, market.TimeZone, out var until, out fault))
                return null;
            testSale = new TestSale(from, until);
        }

        var calendar = market.Calendar with { AnnouncedFrom = announcedFrom, TestSale = testSale, OpensAt = opensAt };
        fault = calendar.Fault;
        return fault is null ? calendar : null;
    }

    static List<TimeEverywhere> Everywhere(MarketCalendar calendar, List<Market> markets)
    {
        TimeEverywhere Time(string what, DateTimeOffset at) =>
            new(what, at, markets.ToDictionary(market => market.Code, market => LocalTime.In(market.TimeZone, at)));

        return
        [
            Time("announcedFrom", calendar.AnnouncedFrom),
            .. calendar.TestSale is { } test ? new[] { Time("testSale.from", test.From), Time("testSale.until", test.Until) } : [],
            Time("opensAt", calendar.OpensAt),
        ];
    }
}
