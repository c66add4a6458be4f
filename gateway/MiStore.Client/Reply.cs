using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MiStore.Client;

/// <summary>What the store said: the thing asked for, or why not. A refusal is a value, not an exception.</summary>
public sealed record Reply<T>(T? Value, Refusal? Refusal) where T : class
{
    /// <summary>Whether the thing is there; one of the two always is.</summary>
    public bool Is([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (Value, Refusal);
        return value is not null;
    }

    /// <summary>For who cannot go on without it.</summary>
    public T OrThrow() => Value ?? throw new RefusedException(Refusal!);
}

/// <summary>A problem as RFC 9457 has it.</summary>
/// <param name="Status">HTTP status; 503 as well when the store could not be reached.</param>
/// <param name="Code">The lasting code, such as limit-exceeded.</param>
/// <param name="Members">Everything the problem says beside it: limit, reasons, availableFrom, …</param>
public sealed record Refusal(int Status, string Code, IReadOnlyDictionary<string, JsonElement> Members)
{
    public static Refusal Unreachable { get; } = new(503, "service-unavailable", new Dictionary<string, JsonElement>());

    public int? Number(string member) =>
        Members.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    public string? Text(string member) =>
        Members.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public DateTimeOffset? Instant(string member) =>
        Members.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var instant)
            ? instant : null;
}

public sealed class RefusedException(Refusal refusal) : Exception($"The store said {refusal.Status} {refusal.Code}.")
{
    public Refusal Refusal { get; } = refusal;
}
