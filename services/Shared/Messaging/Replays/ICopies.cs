namespace MiStore.Messaging.Replays;

/// <summary>What a service holds of other services' facts, and whether that is all of them.</summary>
public interface ICopies
{
    /// <summary>The services whose facts are copied here.</summary>
    IReadOnlyList<string> Producers { get; }

    /// <summary>How many facts of the producer are here now, by kind: the same kinds in the same order each time.</summary>
    Task<long[]> Count(string producer, CancellationToken cancellation);

    /// <summary>How many there were to be when the producer last told everything; null when it never has.</summary>
    Task<long?> Told(string producer, CancellationToken cancellation);

    Task RememberTold(string producer, long facts, CancellationToken cancellation);
}

/// <summary>Copies in the service's PostgreSQL tables.</summary>
/// <param name="counts">By producer, the SQL that counts its facts here, as an array with a number for each kind.</param>
public sealed class PostgresCopies(Npgsql.NpgsqlDataSource db, IReadOnlyDictionary<string, string> counts) : ICopies
{
    public IReadOnlyList<string> Producers { get; } = [.. counts.Keys];

    public async Task<long[]> Count(string producer, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(counts[producer]);
        return (long[])(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task<long?> Told(string producer, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("select facts from copies where producer = $1");
        command.Parameters.AddWithValue(producer);
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    public async Task RememberTold(string producer, long facts, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(
            """
            insert into copies (producer, facts) values ($1, $2)
            on conflict (producer) do update set facts = excluded.facts, told_at = now()
            """);
        command.Parameters.AddWithValue(producer);
        command.Parameters.AddWithValue(facts);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
