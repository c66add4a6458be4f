using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Markets;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Readiness;

/// <summary>
/// An operator takes it upon himself that a market opens although something is missing. One word is not enough: a
/// calendar that needs it is taken when two people have given theirs within a day.
/// </summary>
public static class OverrideReadiness
{
    /// <summary>As many different people have to agree.</summary>
    public const int People = 2;

    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request([property: Required, StringLength(500, MinimumLength = 1)] string Why);

    public static void MapOverrideReadiness(this RouteGroupBuilder admin) => admin
        .MapPost("/markets/{market}/readiness/override", Handle)
        .WithName(nameof(OverrideReadiness))
        .WithSummary("Agree that a market opens although something is missing; two different operators have to")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<GetReadiness.Answer>, ProblemHttpResult>> Handle(
        string market, Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, market) is not { } found)
            return Problems.UnknownMarket(market);

        await unit.Connection.ExecuteAsync(
            "insert into readiness_overrides (market, who, at, why) values (@Code, @who, @now, @Why)",
            new { found.Code, who = user.Subject(), now, request.Why }, unit.Transaction);
        var readiness = await GetReadiness.Read(unit.Connection, found, now);
        await Change.Record(
            unit, now, user, nameof(OverrideReadiness), found.Code, null, before: null,
            readiness.Checks.Where(check => check.Missing.Count > 0), request.Why);

        await unit.Commit(cancellation);
        return TypedResults.Ok(readiness);
    }
}
