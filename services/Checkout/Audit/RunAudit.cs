using Dapper;
using Npgsql;

namespace MiStore.Checkout.Audit;

/// <summary>
/// Recomputes the books from their entries and compares: every batch, every order's units and money, every customer's
/// count, the outbox. Anyone may run it at any time; it reads one snapshot and changes nothing.
/// </summary>
public static class RunAudit
{
    /// <summary>How many differences are listed for each check; one would be enough to fail.</summary>
    const int MostListed = 20;

    /// <param name="Detail">What was compared, in numbers.</param>
    public sealed record Check(string Name, string Detail, bool Clean);

    /// <param name="Differences">In words; empty where the books balance.</param>
    public sealed record Answer(bool Clean, DateTimeOffset At, IReadOnlyList<Check> Checks, IReadOnlyList<string> Differences);

    public static void MapAudit(this RouteGroupBuilder admin) => admin
        .MapGet("/audit", Handle)
        .WithName(nameof(RunAudit))
        .WithSummary("Recompute the books and compare");

    static async Task<Answer> Handle(NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        // All questions are answered from the same instant, while the shop goes on selling.
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);

        var checks = new List<Check>();
        var differences = new List<string>();
        foreach (var question in AuditQuestions.All)
        {
            var detail = await connection.QuerySingleAsync<string>(question.Scope, transaction: snapshot, commandTimeout: 120);
            var found = (await connection.QueryAsync<string>(
                $"{question.Differences} limit {MostListed}", transaction: snapshot, commandTimeout: 120)).AsList();
            checks.Add(new Check(question.Name, detail, found.Count == 0));
            differences.AddRange(found);
        }

        return new Answer(differences.Count == 0, clock.GetUtcNow(), checks, differences);
    }
}
