using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// A puzzle for one mailbox and one sale (a hashcash over SHA-256): find a nonce with which the hash of <c>{text}.{nonce}</c> begins
/// with so many zero bits. Nothing is kept of it: it is sealed, and so cannot be made, made easier or made ahead; it is bound to the
/// mailbox, and so cannot be sold on; and it buys no place to a mailbox that has taken one since, and so buys one.
/// </summary>
/// <param name="MadeAt">In whole milliseconds.</param>
public sealed record Puzzle(Guid SaleId, string Holder, int Bits, DateTimeOffset MadeAt)
{
    /// <summary>Long enough to wait the longest pause, and to be slow at it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    const int LongestNonce = 32;

    public DateTimeOffset ExpiresAt => MadeAt + Lifetime;

    /// <summary>One hash: true where the nonce solves the puzzle of that text.</summary>
    public static bool IsSolved(string text, string nonce, int bits) =>
        nonce is { Length: > 0 and <= LongestNonce } && nonce.All(char.IsAsciiLetterOrDigit)
        && BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes($"{text}.{nonce}")))) >= bits;
}

/// <summary>Seals puzzles, so that only ours are solved.</summary>
/// <param name="key">The tickets' key; what is sealed here is sealed by a key made of it.</param>
public sealed class PuzzleSeal(string key)
{
    const int Longest = 256;

    readonly byte[] key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "puzzle"u8);

    /// <summary>Letters, digits, dashes, underscores and dots.</summary>
    public string Seal(Puzzle puzzle)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{puzzle.SaleId:n}.{puzzle.Holder}.{puzzle.Bits}.{puzzle.MadeAt.ToUnixTimeMilliseconds()}");
        return $"{text}.{Sign(text)}";
    }

    /// <summary>The puzzle, or null where the text is none of ours.</summary>
    public Puzzle? Open(string text)
    {
        if (text.Length > Longest || text.LastIndexOf('.') is var dot && dot < 1
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text[(dot + 1)..]), Encoding.ASCII.GetBytes(Sign(text[..dot]))))
            return null;

        var parts = text.Split('.');
        return new Puzzle(
            Guid.ParseExact(parts[0], "n"), parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[3], CultureInfo.InvariantCulture)));
    }

    string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}

/// <summary>What came with the request for a place.</summary>
/// <param name="Bits">Of the work that was done, or for which the pause was waited; 0 for none.</param>
/// <param name="MadeAt">When its puzzle was made.</param>
/// <param name="IsPatience">Waited, not computed.</param>
public readonly record struct Proof(int Bits, DateTimeOffset MadeAt, bool IsPatience)
{
    /// <param name="puzzle">Null where none came, or none of ours.</param>
    /// <param name="text">As it came.</param>
    /// <param name="nonce">Null where the pause was waited.</param>
    public static Proof Of(Puzzle? puzzle, string text, string? nonce, Guid sale, string holder, RoomOptions options, DateTimeOffset now) =>
        puzzle is null || puzzle.SaleId != sale || puzzle.Holder != holder || puzzle.ExpiresAt <= now ? default
        : string.IsNullOrEmpty(nonce)
            ? now >= puzzle.MadeAt + Effort.Pause(puzzle.Bits, options) ? new Proof(puzzle.Bits, puzzle.MadeAt, IsPatience: true) : default
        : Puzzle.IsSolved(text, nonce, puzzle.Bits) ? new Proof(puzzle.Bits, puzzle.MadeAt, IsPatience: false)
        : default;
}
