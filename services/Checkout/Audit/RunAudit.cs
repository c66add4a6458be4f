using Dapper;
using MiStore.Checkout.Payments;
using Npgsql;

namespace MiStore.Checkout.Audit;

/// <summary>
/// Recomputes the books from their entries and compares: every batch, every order's units and money, every customer's
/// count, the outbox, and at last the payment provider's own book with ours. It may be run at any time, also while the
/// shop sells; it changes nothing.
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

    static async Task<Answer> Handle(NpgsqlDataSource db, IPaymentProvider provider, TimeProvider clock, CancellationToken cancellation)
    {
        var checks = new List<Check>();
        var differences = new List<string>();
        await AskOurBooks(db, checks, differences, cancellation);

        var money = await ProviderBook.Compare(db, provider, cancellation);
        checks.Add(new Check("The payment provider's book says the same as ours", money.Detail, money.Differences.Count == 0));
        differences.AddRange(money.Differences.Take(MostListed));
        return new Answer(differences.Count == 0, clock.GetUtcNow(), checks, differences);
    }

    static async Task AskOurBooks(NpgsqlDataSource db, List<Check> checks, List<string> differences, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        // All questions are answered from the same instant, while the shop goes on selling.
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);

        foreach (var question in AuditQuestions.All)
        {
            var detail = await connection.QuerySingleAsync<string>(question.Scope, transaction: snapshot, commandTimeout: 120);
            var found = (await connection.QueryAsync<string>(
                $"{question.Differences} limit {MostListed}", transaction: snapshot, commandTimeout: 120)).AsList();
            checks.Add(new Check(question.Name, detail, found.Count == 0));
            differences.AddRange(found);
        }
    }
}
