using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace MiStore.Catalog.Notices;

/// <summary>What a link in a mail is for.</summary>
public enum NoticeLink : byte
{
    Confirmation = 1,
    Withdrawal = 2,
}

/// <summary>
/// Links that only the reader of a mail can have: the notice's id and what the link is for, under our seal. A link to
/// confirm is none to withdraw, and nobody can make one for somebody else's notice.
/// </summary>
public sealed class NoticeLinks(IOptions<NoticeOptions> options)
{
    const int IdBytes = 16;
    const int SealBytes = 16;

    readonly byte[] key = Encoding.UTF8.GetBytes(options.Value.Key);
    readonly Uri store = new(options.Value.StoreUrl);

    public Uri Confirmation(Guid notice, string language) => Link("/api/notices/confirmation", notice, NoticeLink.Confirmation, language);

    public Uri Withdrawal(Guid notice, string language) => Link("/api/notices/withdrawal", notice, NoticeLink.Withdrawal, language);

    /// <summary>The product's page in the shop.</summary>
    public Uri Product(string market, string language, string slug) =>
        new(store, $"/{market.ToLowerInvariant()}/{language}/products/{slug}");

    /// <summary>The page of a sale that is held in turn, where a place stands or can be taken.</summary>
    public Uri Sale(string market, string language, Guid sale) =>
        new(store, $"/{market.ToLowerInvariant()}/{language}/sales/{sale}");

    /// <summary>The notice that a link is about, or null when it is none of ours, or was made for something else.</summary>
    public Guid? Read(string? token, NoticeLink link)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + SealBytes];
        if (token is null || token.Length != Base64Url.GetEncodedLength(bytes.Length)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != bytes.Length)
            return null;

        var id = bytes[..IdBytes];
        return CryptographicOperations.FixedTimeEquals(bytes[IdBytes..], Seal(id, link)) ? new Guid(id) : null;
    }

    /// <summary>A name for an address that cannot be turned back into it.</summary>
    public byte[] PersonOf(string email) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("person " + email));

    Uri Link(string path, Guid notice, NoticeLink link, string language)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + SealBytes];
        notice.TryWriteBytes(bytes);
        Seal(bytes[..IdBytes], link).CopyTo(bytes[IdBytes..]);
        return new(store, $"{path}?token={Base64Url.EncodeToString(bytes)}&language={language}");
    }

    ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> id, NoticeLink link)
    {
        byte[] what = [.. "notice "u8, (byte)link, .. id];
        return HMACSHA256.HashData(key, what).AsSpan(0, SealBytes);
    }
}
