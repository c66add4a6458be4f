using System.Globalization;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.Rehearsal.Sales;

/// <summary>
/// What can be said of a sale that is over, from what the store itself publishes: the receipt, the record of the line and the audit.
/// </summary>
/// <param name="Record">Null where nobody stood in line: the batch was sold to whoever came first.</param>
/// <param name="Conduct">What the gateways counted; null with it.</param>
/// <param name="IsGenuine">The store's key signed the receipt.</param>
/// <param name="AuditIsClean">Null where the audit did not answer.</param>
public sealed record SaleReport(
    DateTimeOffset At, Receipt Receipt, bool IsGenuine, SaleRecord? Record, Conduct? Conduct, bool? AuditIsClean,
    IReadOnlyList<string> Differences)
{
    /// <summary>Late payments and their money need a moment; before that a report would have to be made again.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    // A person takes an answer that comes within a quarter of a second for granted.
    const int MostMilliseconds = 250;

    readonly QueueProof.Verdict? proof = Record is null ? null : QueueProof.Of(Record);

    /// <summary>Null where nobody stood in line, and where the record cannot be read.</summary>
    public Fairness? Fairness => proof is null or { Outcomes.Count: 0, Differences.Count: > 0 } ? null : Fairness.Of(Record!, proof);

    public bool IsGood => Findings.All(finding => finding.IsGood);

    /// <summary>Of the line alone; none where nobody stood in one.</summary>
    public IReadOnlyList<Finding> OfTheLine => Record is null
        ? []
        :
        [
            new("Everybody was served in the order that the seed and the list make", proof!.Differences.Count == 0,
                proof.Differences.Count == 0
                    ? $"{Count(Record.ListCount)} drawn, {Count(Record.Journal.Count)} steps played again"
                    : string.Join("; ", proof.Differences.Take(5))),
            new("The line and the ledger count the same units", Record.Quantity == Receipt.Announced && Record.Sold == Receipt.Sold,
                $"line: {Count(Record.Sold)} of {Count(Record.Quantity)} sold, ledger: {Count(Receipt.Sold)} of {Count(Receipt.Announced)}"),
        ];

    /// <summary>What everybody in a line may expect of the store.</summary>
    public IReadOnlyList<Finding> Objectives => Conduct is not { Answers: > 0 } conduct
        ? []
        :
        [
            new($"99 of 100 answers take at most {MostMilliseconds} ms", conduct.P99Milliseconds <= MostMilliseconds,
                $"p50 {conduct.P50Milliseconds} ms, p99 {conduct.P99Milliseconds} ms over {Count(conduct.Answers)} answers"),
            new("999 of 1,000 answers are no failure", conduct.Failures * 1000 <= conduct.Answers, $"{Count(conduct.Failures)} failures"),
        ];

    public IReadOnlyList<Finding> Findings =>
    [
        .. OfTheLine,
        .. Objectives,
        new("The receipt is the store's", IsGenuine, $"its signature is {(IsGenuine ? "" : "not ")}that of the published key"),
        new("The audit is clean", AuditIsClean == true,
            AuditIsClean == true ? "no difference" : Differences.Count > 0 ? string.Join("; ", Differences.Take(5)) : "it did not answer"),
    ];

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
