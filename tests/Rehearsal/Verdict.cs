using System.Globalization;

namespace MiStore.Rehearsal;

/// <param name="Name">What had to hold, in words.</param>
/// <param name="Detail">What was.</param>
public sealed record Finding(string Name, bool IsGood, string Detail);

/// <summary>What had to hold, and whether it did; from what clients heard and from the store's books, which have to agree.</summary>
public static class Verdict
{
    public static IReadOnlyList<Finding> Of(Outcome outcome)
    {
        var (plan, goals) = (outcome.Plan, outcome.Goals);
        var evenings = outcome.Records.Evenings;
        var orders = evenings.Select(evening => evening.OrderId).OfType<string>().ToList();
        var sold = evenings.Count(evening => evening.End == "sold");
        var silent = evenings.Count(evening => evening.End == "no-answer") + plan.Buyers - evenings.Count;
        var expected = Math.Min(plan.Units, plan.Buyers);
        var answers = outcome.Records.Heard.Where(heard => heard is { Who: "buyer", WasHeld: false, Status: > 0 }).ToList();
        var errors = outcome.Records.Heard.Where(heard => heard.Who != "bot" && heard.IsError).ToList();
        var p99 = Percentile(answers.Select(answer => answer.Milliseconds), 0.99);
        return
        [
            new("No unit is sold twice", orders.Count <= plan.Units && orders.Distinct().Count() == orders.Count && outcome.Sold <= plan.Units,
                $"{orders.Count} orders were acknowledged for {plan.Units} units"),
            new("Everything that could be sold is sold", sold == expected, $"{sold} of {expected} units are paid for"),
            new("The store's books say what the buyers heard", outcome.Sold == sold && outcome.Remaining + outcome.Reserved + outcome.Sold == plan.Units,
                $"sold {outcome.Sold}, reserved {outcome.Reserved}, remaining {outcome.Remaining}; buyers with a paid order: {sold}"),
            .. outcome.Sale?.OfTheLine ?? [],
            new("The audit is clean", outcome.AuditIsClean == true, outcome.AuditIsClean == true ? "no difference" : outcome.Audit),
            new("Every buyer has a final answer", silent == 0, silent == 0 ? $"{evenings.Count} of {plan.Buyers}" : $"{silent} have none"),
            new($"p99 of an answer to a buyer is at most {Number(goals.P99Milliseconds)} ms", p99 <= goals.P99Milliseconds,
                $"{Number(p99)} ms over {answers.Count} answers"),
            new($"At most {goals.Errors} errors", errors.Count <= goals.Errors,
                errors.Count == 0 ? "none" : string.Join(", ", errors.CountBy(error => $"{error.Step} {error.Status} {error.Code}").Select(group => $"{group.Value} × {group.Key}"))),
        ];
    }

    /// <summary>The smallest value that at least this share of all does not exceed; 0 where there are none.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * share) - 1, 0, sorted.Count - 1)];
    }

    static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
