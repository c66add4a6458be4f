using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace MiStore.Gateway.Shelf;

/// <summary>The answers that are kept, by the one spelling of their request, within a bound of memory.</summary>
public sealed class ShelfMemory(IOptions<ShelfOptions> options)
{
    readonly ConcurrentDictionary<string, KeptAnswer> answers = new();
    readonly Lock changing = new();
    readonly long mostBytes = options.Value.Megabytes * 1024L * 1024L;
    long bytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public KeptAnswer? Find(string request) => answers.GetValueOrDefault(request);

    public void Keep(string request, KeptAnswer answer)
    {
        lock (changing)
        {
            bytes += answer.Size - (answers.GetValueOrDefault(request)?.Size ?? 0);
            answers[request] = answer;
            if (bytes > mostBytes)
                Clear();
        }
    }

    // A fifth at a time, so that a crowd of new answers does not sort the old ones at each.
    void Clear()
    {
        foreach (var (request, answer) in answers.OrderBy(kept => kept.Value.LastUsed).ToList())
        {
            if (bytes <= mostBytes * 4 / 5)
                return;
            answers.TryRemove(request, out _);
            bytes -= answer.Size;
        }
    }
}
