using Npgsql;

namespace MiStore.PaymentSandbox.Book;

/// <summary>
/// Does together what comes while something is being done: whoever asks meanwhile waits for the next go, so that one commit serves
/// all of them. There is no timer; who comes alone is served at once.
/// </summary>
/// <param name="atMost">How many are done in one go.</param>
/// <param name="one">Done once for all that are handed to it; one result for each, in their order.</param>
sealed class Together<T, TResult>(int atMost, Func<IReadOnlyList<T>, Task<IReadOnlyList<TResult>>> one)
{
    readonly Queue<(T Item, TaskCompletionSource<TResult> Done)> waiting = [];
    bool isRunning;

    public Task<TResult> Do(T item)
    {
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waiting)
        {
            waiting.Enqueue((item, done));
            if (isRunning)
                return done.Task;
            isRunning = true;
        }

        // What is done for all is no part of the first one's trace.
        using (ExecutionContext.SuppressFlow())
            _ = Run();
        return done.Task;
    }

    async Task Run()
    {
        while (Next() is { Count: > 0 } turn)
            if (!await IsDone(turn, orAlone: turn.Count > 1))
                foreach (var entry in turn)
                    await IsDone([entry], orAlone: false);
    }

    // What the database refuses must not fail the others: then each is done alone.
    async Task<bool> IsDone(List<(T Item, TaskCompletionSource<TResult> Done)> turn, bool orAlone)
    {
        try
        {
            var results = await one(turn.ConvertAll(entry => entry.Item));
            for (var i = 0; i < turn.Count; i++)
                turn[i].Done.SetResult(results[i]);
        }
        catch (PostgresException) when (orAlone)
        {
            return false;
        }
        catch (Exception exception)
        {
            turn.ForEach(entry => entry.Done.TrySetException(exception));
        }

        return true;
    }

    List<(T Item, TaskCompletionSource<TResult> Done)> Next()
    {
        var turn = new List<(T, TaskCompletionSource<TResult>)>();
        lock (waiting)
        {
            while (turn.Count < atMost && waiting.TryDequeue(out var entry))
                turn.Add(entry);
            isRunning = turn.Count > 0;
        }

        return turn;
    }
}
