using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dapper;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Readiness;

/// <summary>
/// A launch has been rehearsed: whether it went well is kept, and asked for when a market is to open. ./mistore rehearse says
/// it when it ends; whoever rehearses in another way may say it too, under their own name.
/// </summary>
public static class RecordRehearsal
{
    /// <param name="Summary">What was played and what came of it, in a sentence or two.</param>
    public sealed record Request(bool Passed, [property: Required, StringLength(2000, MinimumLength = 1)] string Summary);

    public static void MapRecordRehearsal(this RouteGroupBuilder admin) => admin
        .MapPost("/rehearsals", Handle)
        .WithName(nameof(RecordRehearsal))
        .WithSummary("Record how a rehearsal of a launch went; an opening takes one that passed within seven days")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    static async Task<Rehearsal> Handle(Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var rehearsal = new Rehearsal(clock.GetUtcNow(), user.Subject(), request.Passed, request.Summary);
        await using var unit = await work.Begin(cancellation);
        await unit.Connection.ExecuteAsync("insert into rehearsals (at, who, passed, summary) values (@At, @Who, @Passed, @Summary)", rehearsal);
        await unit.Commit(cancellation);
        return rehearsal;
    }
}

/// <summary>How a rehearsal went.</summary>
public sealed record Rehearsal(DateTimeOffset At, string Who, bool Passed, string Summary);
