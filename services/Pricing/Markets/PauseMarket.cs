using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Messaging;
using MiStore.Pricing.Offers;
using MiStore.Pricing.Readiness;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Markets;

/// <summary>
/// Stops a market's sales at once, and lets them go on where the calendar then is. What is reserved or being paid goes on
/// in either case. Going on is a beginning: it takes what every beginning takes, that nothing is missing or two agree.
/// </summary>
public static class PauseMarket
{
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request([property: MaxLength(500)] string? Why = null);

    public static void MapPauseMarket(this RouteGroupBuilder admin)
    {
        admin.MapPost("/markets/{market}/pause", Pause)
            .WithName(nameof(PauseMarket))
            .WithSummary("Pause a market; doing it twice changes nothing more")
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapPost("/markets/{market}/resume", Resume)
            .WithName("ResumeMarket")
            .WithSummary("Resume a paused market, or let a new one open at its time; doing it twice changes nothing more")
            .WithDescription("409 market-not-ready (missing) while something is missing for its sales and no two operators agree to go on.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    static Task<Results<Ok<MarketView>, ProblemHttpResult>> Pause(
        string market, Request? request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return Change(market, calendar => calendar.PausedSince <= now ? calendar : calendar with { PausedSince = now },
            nameof(PauseMarket), request, user, work, now, cancellation);
    }

    static Task<Results<Ok<MarketView>, ProblemHttpResult>> Resume(
        string market, Request? request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation) =>
        Change(market, calendar => calendar with { PausedSince = null }, "ResumeMarket", request, user, work, clock.GetUtcNow(), cancellation);

    static async Task<Results<Ok<MarketView>, ProblemHttpResult>> Change(
        string market, Func<MarketCalendar, MarketCalendar> change, string what, Request? request, ClaimsPrincipal user, Work work,
        DateTimeOffset now, CancellationToken cancellation)
    {
        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, market) is not { } found)
            return Problems.UnknownMarket(market);

        var calendar = change(found.Calendar);
        if (calendar == found.Calendar)
            return TypedResults.Ok(MarketView.Of(found, now));
        if (calendar.PausedSince is null && await Gate.Refusal(unit, found with { Calendar = calendar }, now) is { } refusal)
            return refusal;

        var changed = await MarketStore.Reschedule(unit.Connection, found, calendar);
        await Changes.Change.Record(unit, now, user, what, found.Code, null, found.Calendar, calendar, request?.Why);
        unit.Publish(changed.Changed);
        await OfferPublisher.Republish(unit, market: found.Code);

        await unit.Commit(cancellation);
        return TypedResults.Ok(MarketView.Of(changed, now));
    }
}
