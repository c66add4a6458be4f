using System.Collections.Concurrent;

namespace MiStore.Cart.Copies;

/// <summary>
/// Copies as values. A launch asks for the same few thousands of times, so what was once read of the very same bytes is not read
/// again. Whether they are still the same Redis says each time.
/// </summary>
sealed class ReadCopies<T>(Func<byte[], T> read) where T : notnull
{
    // All of a large range in all markets. Beyond it, it begins anew.
    const int Most = 20_000;

    readonly ConcurrentDictionary<string, (byte[] Bytes, T Value)> known = [];

    public T Read(string field, byte[] bytes)
    {
        if (known.TryGetValue(field, out var last) && last.Bytes.AsSpan().SequenceEqual(bytes))
            return last.Value;

        var value = read(bytes);
        if (known.Count >= Most)
            known.Clear();
        known[field] = (bytes, value);
        return value;
    }
}
