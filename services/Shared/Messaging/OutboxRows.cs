using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace MiStore.Messaging;

/// <summary>Messages as columns of the outbox, for one insert however many there are.</summary>
public sealed record OutboxRows(Guid[] Ids, string[] Types, string[] Bodies, DateTimeOffset?[] NotBefore)
{
    /// <summary>Takes four array parameters, in the order of <see cref="AddTo"/>.</summary>
    public const string Insert =
        "insert into outbox (id, type, body, not_before) select * from unnest($1, $2, $3, $4)";

    public static OutboxRows Of(IReadOnlyCollection<(object Message, DateTimeOffset? NotBefore)> messages) => new(
        [.. messages.Select(_ => Guid.CreateVersion7())],
        [.. messages.Select(row => NameOf(row.Message.GetType()))],
        [.. messages.Select(row => JsonSerializer.Serialize(row.Message, row.Message.GetType()))],
        [.. messages.Select(row => row.NotBefore?.ToUniversalTime())]);

    public static OutboxRows Of(IReadOnlyCollection<object> messages) =>
        Of([.. messages.Select(message => (message, (DateTimeOffset?)null))]);

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new() { Value = Ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        parameters.Add(new() { Value = Types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        parameters.Add(new() { Value = Bodies, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        parameters.Add(new() { Value = NotBefore, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
    }

    internal static object Read(string type, string body) =>
        JsonSerializer.Deserialize(body, Type.GetType(type, throwOnError: true)!)
        ?? throw new JsonException($"An outbox row of type {type} is empty.");

    // Without the assembly's version, so that a row written before a deployment can be sent after it.
    static string NameOf(Type type) => Names.GetOrAdd(type, static type => $"{type.FullName}, {type.Assembly.GetName().Name}");

    static readonly ConcurrentDictionary<Type, string> Names = [];
}
