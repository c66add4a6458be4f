using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Checkout.Stock;

/// <summary>An operator takes back what is left of a batch. What is reserved stays with its order.</summary>
public static class WithdrawBatch
{
    public static void MapWithdrawBatch(this RouteGroupBuilder admin) => admin
        .MapPost("/batches/{id:guid}/withdrawal", Handle)
        .WithName(nameof(WithdrawBatch))
        .WithSummary("Withdraw what is left of a batch")
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<BatchView>, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, Work works, TimeProvider clock, CancellationToken cancellation)
    {
        await using var work = await works.Begin(cancellation);
        if (await Withdraw(work, id, http.User.Subject(), clock.GetUtcNow()) is not { } batch)
            return BatchProblems.UnknownBatch();

        await work.Commit(cancellation);
        return TypedResults.Ok(BatchView.Of(batch));
    }

    /// <returns>The batch without its rest; null where there is no such batch.</returns>
    internal static async Task<Batch?> Withdraw(UnitOfWork work, Guid id, string who, DateTimeOffset now)
    {
        var known = await work.Connection.QuerySingleOrDefaultAsync<Batch>(
            $"select {Batch.Columns} from batches where id = @id", new { id }, work.Transaction);
        if (known is null)
            return null;

        var turn = await work.TakeTurn(known.Market, known.Sku);
        var before = turn.Batches.Single(batch => batch.Id == id);
        if (before.Available == 0)
            return before;

        var after = before.After(Movement.Withdrawn, before.Available);
        await work.Connection.ExecuteAsync(
            "update batches set available = available - @units, withdrawn = withdrawn + @units where id = @id",
            new { id, units = before.Available }, work.Transaction);
        await Ledger.Append(work, turn, id, Movement.Withdrawn, before.Available, now);
        await Changes.Record(work.Connection, work.Transaction, who, "batch withdrawn", BatchView.Of(before), BatchView.Of(after), now);
        await work.PublishAvailability(turn, [.. turn.Batches.Select(batch => batch.Id == id ? after : batch)]);
        return after;
    }
}
