using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MiStore.Gateway.Load;

/// <summary>
/// Who asks, as far as it is hard to be somebody else: an IPv4 address, or the /64 of an IPv6 address, since whoever has one of
/// its addresses has all of them. Nothing that the client says of itself counts.
/// </summary>
public readonly record struct Client(UInt128 Network)
{
    public static Client Of(IPAddress? address)
    {
        if (address is null)
            return default;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            bytes[8..].Clear();
        else
            bytes[length] = 1; // no IPv6 network looks like this
        return new Client(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }
}
