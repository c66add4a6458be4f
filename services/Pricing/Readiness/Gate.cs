using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Messaging;
using MiStore.Pricing.Markets;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Readiness;

/// <summary>
/// Stands wherever a market would begin to sell: a calendar that sells sooner, the end of a pause, the first sale of a new
/// market. It lets through what lacks nothing, and what two operators took upon themselves.
/// </summary>
static class Gate
{
    /// <param name="market">As it is to be from now on.</param>
    /// <returns>Null when it may.</returns>
    public static async Task<ProblemHttpResult?> Refusal(UnitOfWork unit, Market market, DateTimeOffset now)
    {
        var readiness = await GetReadiness.Read(unit.Connection, market, now);
        return readiness.Ready || readiness.Agreed.Count >= OverrideReadiness.People ? null : Problems.Of(
            StatusCodes.Status409Conflict, "market-not-ready", "Something is missing for these sales.",
            $"{OverrideReadiness.People} operators may override it; {readiness.Agreed.Count} agreed within the last day.",
            ("missing", readiness.Checks.SelectMany(check => check.Missing)));
    }
}
