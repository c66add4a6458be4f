using System.Diagnostics;
using Npgsql;
using static MiStore.Checkout.Orders.OrderLane;

namespace MiStore.Checkout.Orders;

/// <summary>
/// The turns of a lane that are on their way to the database: one, or two where both are large. Then the second was decided by what
/// the first will have left behind, and writes what is new while the first still does; it is committed after the first or not at all.
/// Turns come to their end, and callers hear of it, in their order. One caller at a time.
/// </summary>
sealed class TurnsUnderway(string market, LaneMemory memory, LaneStore store, OrderWaiters waiters, ILogger log)
{
    /// <summary>Where fewer wait, a second turn at once would only cost a second commit.</summary>
    const int WorthASecond = 16;

    const int Attempts = 4;

    SentTurn? first, second;

    /// <summary>So many have to wait for another turn to begin.</summary>
    public int Enough => first is null ? 1 : second is null ? Math.Max(WorthASecond, first.Entries.Count) : int.MaxValue;

    /// <summary>Sends a turn, or takes it to its end where it has to be read.</summary>
    /// <param name="ended">Called when it is time to look at the end of the turn.</param>
    public async Task Begin(IReadOnlyList<Entry> turn, Action ended)
    {
        if (Send(turn) is not { } sent)
        {
            await EndAll();
            await Take(turn);
            return;
        }

        (first, second) = first is null ? (sent, null) : (first, sent);
        _ = sent.Committed.ContinueWith(_ => ended(), TaskScheduler.Default);
    }

    /// <summary>Answers the callers of turns that have come to their end.</summary>
    public async Task End()
    {
        while (first is { Committed.IsCompleted: true })
            await EndFirst();
    }

    /// <summary>Waits for all turns, and answers.</summary>
    public async Task EndAll()
    {
        while (first is not null)
            await EndFirst();
    }

    SentTurn? Send(IReadOnlyList<Entry> turn)
    {
        try
        {
            return store.Send(market, memory, turn);
        }
        catch (Exception exception)
        {
            // If it cannot be decided either when it is read, its callers hear of that.
            log.LogWarning("A turn for {Market} is read: {Cause}", market, exception.Message);
            memory.Doubt();
            return null;
        }
    }

    async Task EndFirst()
    {
        var (turn, next) = (first!, second);
        if (await IsCommitted(turn))
        {
            (first, second) = (next, null);
            Answer(turn.Entries, turn.Answers, turn.SentAt);
            return;
        }

        // The next one was decided by this one. Once both have come to their end it is known what is to be done again.
        var isNextCommitted = next is not null && await IsCommitted(next);
        (first, second) = (null, null);
        memory.Doubt();
        await Take(turn.Entries);
        if (isNextCommitted)
            Answer(next!.Entries, next.Answers, next.SentAt);
        else if (next is not null)
            await Take(next.Entries);
    }

    async Task<bool> IsCommitted(SentTurn turn)
    {
        try
        {
            return await turn.Committed;
        }
        catch (Exception exception)
        {
            log.LogInformation("Another look at a turn for {Market}: {Cause}", market, exception.Message);
            return false;
        }
    }

    // A turn that has begun is finished, also when the service stops: cutting it off would only leave callers in doubt.
    async Task Take(IReadOnlyList<Entry> turn)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                Answer(turn, await store.Read(market, memory, turn), began);
                return;
            }
            // A connection that died with the server's restart, a deadlock with another instance, a key that another
            // instance used at this very moment: on a second look the keys and the states tell what has happened.
            catch (NpgsqlException exception) when (attempt < Attempts && IsWorthAnotherLook(exception))
            {
                log.LogInformation("Another turn for {Market}: {Cause}", market, exception.Message);
                memory.Doubt();
            }
            catch (Exception exception)
            {
                log.LogWarning("A turn of {Count} for {Market} failed: {Cause}", turn.Count, market, exception.Message);
                memory.Doubt();
                foreach (var entry in turn)
                    entry.Fail(exception);
                return;
            }
        }
    }

    void Answer(IReadOnlyList<Entry> turn, object?[] answers, long decidedAt)
    {
        for (var i = 0; i < turn.Count; i++)
            turn[i].Answer(answers[i]);
        foreach (var step in answers.OfType<Step>().Where(step => !step.Order.IsOpen))
            waiters.Release(step.Order, decidedAt);
    }

    static bool IsWorthAnotherLook(NpgsqlException exception) =>
        exception is { IsTransient: true, InnerException: not TimeoutException }
        || exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.AdminShutdown }
        || exception.InnerException is IOException;
}
