using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Rates;

/// <summary>From when something that was decided holds: now, or an instant that is still to come.</summary>
static class EffectiveFrom
{
    /// <summary>Beyond it a typing mistake is likelier than a plan.</summary>
    static readonly TimeSpan FurthestPlan = TimeSpan.FromDays(10 * 365);

    /// <summary>Why nothing can begin then, or null.</summary>
    public static string? Fault(DateTimeOffset? start, DateTimeOffset now) =>
        start < now ? "It lies in the past, which is history. Leave effectiveFrom out to begin now."
        : start - now > FurthestPlan ? "What is decided begins within ten years."
        : null;

    public static ProblemHttpResult Refusal(string fault) =>
        Problems.Of(StatusCodes.Status400BadRequest, "invalid-effective-from", "Nothing can begin then.", fault);
}
