using System.Runtime.InteropServices;

namespace MiStore.Gateway.Shelf;

/// <summary>
/// Holds an answer back until all of it is here, so that everybody who waits for it gets it at once, whoever reads slowly, and
/// one that breaks off half-way is no answer. One that is too large to be kept goes through.
/// </summary>
sealed class HeldBody(Stream inner) : MemoryStream
{
    const int LargestKept = 2 * 1024 * 1024;

    /// <summary>True when it went through and is not here.</summary>
    public bool IsThrough { get; private set; }

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsThrough)
            return inner.WriteAsync(buffer, cancellationToken);
        if (Length + buffer.Length > LargestKept)
            return LetThrough(buffer, cancellationToken);

        // Not as a span: a stream made of a MemoryStream is then asked for an array again, and that is us.
        var bytes = MemoryMarshal.TryGetArray(buffer, out var array) ? array : buffer.ToArray();
        base.Write(bytes.Array!, bytes.Offset, bytes.Count);
        return ValueTask.CompletedTask;
    }

    async ValueTask LetThrough(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        IsThrough = true;
        await inner.WriteAsync(GetBuffer().AsMemory(0, (int)Length), cancellationToken);
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => IsThrough ? inner.FlushAsync(cancellationToken) : Task.CompletedTask;
}
