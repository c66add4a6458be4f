using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Offers;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Markets;

/// <summary>Stops a market's sales at once. What is reserved or being paid goes on.</summary>
public static class PauseMarket
{
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request([property: MaxLength(500)] string? Why = null);

    public static void MapPauseMarket(this RouteGroupBuilder admin) => admin
        .MapPost("/markets/{market}/pause", Handle)
        .WithName(nameof(PauseMarket))
        .WithSummary("Pause a market; doing it twice changes nothing more")
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<MarketView>, ProblemHttpResult>> Handle(
        string market, Request? request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        await OfferPublisher.Lock(unit);

        if (await MarketStore.Find(unit.Connection, MarketCode.Normalize(market)) is not { } found)
            return Problems.UnknownMarket(market);
        if (found.Calendar.PausedSince is not null)
            return TypedResults.Ok(MarketView.Of(found, now));

        var paused = await MarketStore.Reschedule(unit.Connection, found, found.Calendar with { PausedSince = now });
        await Change.Record(unit, now, user, nameof(PauseMarket), found.Code, null, found.Calendar, paused.Calendar, request?.Why);
        unit.Publish(paused.Changed);
        await OfferPublisher.Republish(unit, market: found.Code);

        await unit.Commit(cancellation);
        return TypedResults.Ok(MarketView.Of(paused, now));
    }
}
