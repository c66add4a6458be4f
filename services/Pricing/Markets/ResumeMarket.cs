using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Offers;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Markets;

/// <summary>Ends a pause: the market goes on where its calendar now is.</summary>
public static class ResumeMarket
{
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request([property: MaxLength(500)] string? Why = null);

    public static void MapResumeMarket(this RouteGroupBuilder admin) => admin
        .MapPost("/markets/{market}/resume", Handle)
        .WithName(nameof(ResumeMarket))
        .WithSummary("Resume a paused market; doing it twice changes nothing more")
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<MarketView>, ProblemHttpResult>> Handle(
        string market, Request? request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        await OfferPublisher.Lock(unit);

        if (await MarketStore.Find(unit.Connection, MarketCode.Normalize(market)) is not { } found)
            return Problems.UnknownMarket(market);
        if (found.Calendar.PausedSince is null)
            return TypedResults.Ok(MarketView.Of(found, now));

        var resumed = await MarketStore.Reschedule(unit.Connection, found, found.Calendar with { PausedSince = null });
        await Change.Record(unit, now, user, nameof(ResumeMarket), found.Code, null, found.Calendar, resumed.Calendar, request?.Why);
        unit.Publish(resumed.Changed);
        await OfferPublisher.Republish(unit, market: found.Code);

        await unit.Commit(cancellation);
        return TypedResults.Ok(MarketView.Of(resumed, now));
    }
}
