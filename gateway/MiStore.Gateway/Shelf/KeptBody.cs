using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace MiStore.Gateway.Shelf;

/// <summary>
/// The body of an answer that is kept, and the same made smaller once for all who take it so. Only here is anything compressed:
/// what is kept is the same for everybody, so its length tells nobody anything. A page with somebody's cart, address or key to an
/// order goes out as it is; beside a search text that anybody can put into a link, its compressed length would give the secret away
/// letter by letter (BREACH).
/// </summary>
sealed class KeptBody
{
    // Below this the headers are most of it.
    const int Smallest = 1024;

    readonly byte[] plain;
    readonly Lazy<byte[]>? brotli;
    readonly Lazy<byte[]>? gzip;

    public KeptBody(byte[] plain, string? contentType)
    {
        this.plain = plain;
        IsCompressible = plain.Length >= Smallest && IsText(contentType);
        if (!IsCompressible)
            return;

        // When the first asks for it, while the others who ask wait for that: a page that lives for a second is compressed once in it.
        brotli = new Lazy<byte[]>(() => Compress(to => new BrotliStream(to, CompressionLevel.Optimal)));
        gzip = new Lazy<byte[]>(() => Compress(to => new GZipStream(to, CompressionLevel.Optimal)));
    }

    /// <summary>Then the answer differs by Accept-Encoding, also for a client that takes it plain.</summary>
    public bool IsCompressible { get; }

    /// <summary>Bytes, with those that may yet be made of it.</summary>
    public int Size => IsCompressible ? plain.Length * 2 : plain.Length;

    /// <param name="accepted">The client's Accept-Encoding.</param>
    /// <returns>The name of the coding is null where it is plain.</returns>
    public (byte[] Bytes, string? Coding) For(StringValues accepted)
    {
        if (!IsCompressible || accepted.Count == 0)
            return (plain, null);

        var list = accepted.ToString();
        return Takes(list, "br") ? (brotli!.Value, "br") : Takes(list, "gzip") ? (gzip!.Value, "gzip") : (plain, null);
    }

    /// <summary>Whether a list such as "gzip;q=0.5, br" names the coding, and not in order to refuse it (q=0).</summary>
    internal static bool Takes(ReadOnlySpan<char> list, ReadOnlySpan<char> coding)
    {
        foreach (var part in list.Split(','))
        {
            var one = list[part];
            var weight = one.IndexOf(';');
            if ((weight < 0 ? one : one[..weight]).Trim().Equals(coding, StringComparison.OrdinalIgnoreCase))
                return weight < 0 || one[(weight + 1)..].Trim() is not ['q' or 'Q', '=', .. var quality] || quality.ContainsAnyExcept('0', '.');
        }

        return false;
    }

    static bool IsText(string? contentType) => contentType?.Split(';')[0].Trim() is { } type
        && (type.StartsWith("text/", StringComparison.Ordinal)
            || type is "application/json" or "application/xml" or "application/javascript" or "image/svg+xml");

    byte[] Compress(Func<Stream, Stream> coding)
    {
        using var to = new MemoryStream(plain.Length / 3);
        using (var stream = coding(to))
            stream.Write(plain);
        return to.ToArray();
    }
}
