using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// The order of a sale, as a pure function of its secret seed, its closed list and a ticket. Whoever knows the seed can
/// draw again; <c>./mistore verify-queue</c> does. Whoever adds one ticket to the list changes every place, so the seed
/// does not help anybody to choose a lucky one.
/// </summary>
public static class Draw
{
    // A place is a score of a Redis sorted set, a double: whole numbers up to 2^53 are exact. The drawn come first, in
    // [-2^53, -2^52); the others after them, by the microsecond.
    const double First = -9007199254740992, BehindTheDrawn = First / 2;

    /// <summary>The seed of a sale: of the store's key, so that it is the same after everything else is lost.</summary>
    public static byte[] Seed(string key, Guid saleId) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes("seed:" + saleId.ToString("n")));

    /// <summary>What is published before the start: SHA-256 of the seed, in hexadecimal.</summary>
    public static string Commitment(ReadOnlySpan<byte> seed) => Convert.ToHexStringLower(SHA256.HashData(seed));

    /// <summary>SHA-256 of the ids, sorted, 32 hexadecimal digits and a line feed each; in hexadecimal.</summary>
    public static string HashOfList(IEnumerable<string> tickets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var ticket in tickets.Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.ASCII.GetBytes(ticket + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The place of a ticket that is on the list: the lower, the sooner.</summary>
    /// <param name="ticket">Its id, 32 hexadecimal digits.</param>
    public static double PlaceOfDrawn(ReadOnlySpan<byte> seed, string listHash, string ticket)
    {
        Span<byte> digest = stackalloc byte[32];
        HMACSHA256.HashData(seed, Encoding.ASCII.GetBytes(listHash + ticket), digest);
        return First + (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 12);
    }

    /// <summary>Whether a place is one of the draw.</summary>
    public static bool IsDrawn(double place) => place < BehindTheDrawn;

    /// <summary>The place of every other ticket: in the order in which they were taken, behind the drawn.</summary>
    public static double PlaceOfOther(DateTimeOffset issuedAt, DateTimeOffset drawAt) => Micros(issuedAt) - Micros(drawAt);

    /// <summary>Microseconds since 1970; as fine as an instant gets here.</summary>
    public static long Micros(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Instant(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
