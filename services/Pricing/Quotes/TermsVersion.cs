using Dapper;
using Npgsql;

namespace MiStore.Pricing.Quotes;

/// <summary>
/// Which terms are in force, as one row of the database says. Asked once for all who come while a question is on its way: they share
/// the next one, which is asked after they came, so that none hears of a moment before it asked.
/// </summary>
sealed class TermsVersion(NpgsqlDataSource db)
{
    // Many wait for one: a connection that has gone dead must not keep them for Npgsql's own half a minute.
    const int PatienceSeconds = 3;

    readonly Lock joining = new();
    Task<Guid> asked = Task.FromResult(Guid.Empty);
    Task<Guid>? next;

    public Task<Guid> Now()
    {
        lock (joining)
            return next ?? (asked.IsCompleted ? asked = Ask() : next = AskAfter(asked));
    }

    async Task<Guid> AskAfter(Task before)
    {
        // Never at once, even where the other has ended by now: whoever called has first to note that this is the next one.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (joining)
            (asked, next) = (next!, null);
        return await Ask();
    }

    async Task<Guid> Ask()
    {
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleAsync<Guid>("select version from terms_version", commandTimeout: PatienceSeconds);
    }
}
