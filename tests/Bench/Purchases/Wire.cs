using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MiStore.Bench.Purchases;

/// <param name="RetryAfter">Seconds, where the answer says when to come back.</param>
readonly record struct Answer(int Status, byte[] Body, int? RetryAfter)
{
    /// <summary>A text member of the body's outermost object; null where it has none of that name.</summary>
    public string? Text(string member)
    {
        if (Body.Length == 0)
            return null;

        var reader = new Utf8JsonReader(Body);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(member))
                return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return null;
    }
}

/// <summary>
/// One buyer's connection to the gateway. A socket and no HttpClient: buyers and store share the cores, and what a buyer costs is
/// the store's loss.
/// </summary>
sealed class Wire(Uri server) : IDisposable
{
    static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    byte[] buffer = new byte[16 * 1024];
    Socket? socket;

    /// <summary>A wire on which something went wrong is of no more use.</summary>
    public bool IsBroken { get; private set; }

    /// <param name="headers">Each with its line end; none is needed.</param>
    public async Task<Answer> Ask(string method, string target, string headers = "", string body = "")
    {
        try
        {
            // A gateway closes what has been idle for two minutes.
            if (socket is not null && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0)
            {
                socket.Dispose();
                socket = null;
            }

            if (socket is null)
            {
                socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, server.Port);
            }

            var content = body.Length == 0
                ? method == "GET" ? "" : "Content-Length: 0\r\n"
                : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
            await socket.SendAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {server.Authority}\r\n{headers}{content}\r\n{body}"));
            for (var have = 0; ;)
            {
                if (have == buffer.Length)
                    Array.Resize(ref buffer, 2 * have);
                var read = await socket.ReceiveAsync(buffer.AsMemory(have));
                if (read == 0)
                    throw new IOException("The gateway closed the connection.");
                if (Whole(buffer.AsSpan(0, have += read)) is { } answer)
                    return answer;
            }
        }
        catch
        {
            IsBroken = true;
            throw;
        }
    }

    public void Dispose() => socket?.Dispose();

    // Null while something of it is still on its way.
    static Answer? Whole(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf(HeadEnd);
        if (end < 0)
            return null;

        var head = received[..(end + LineEnd.Length)];
        var rest = received[(end + HeadEnd.Length)..];
        var status = Number(head["HTTP/1.1 ".Length..]) ?? 0;
        var body = Header(head, "\r\nContent-Length: "u8) is { } length ? rest.Length < length ? null : rest[..length].ToArray()
            : head.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0 ? Unchunked(rest)
            : [];
        return body is null ? null : new Answer(status, body, Header(head, "\r\nRetry-After: "u8));
    }

    static int? Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name) =>
        head.IndexOf(name) is >= 0 and var at ? Number(head[(at + name.Length)..]) : null;

    static int? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out int number, out _) ? number : null;

    static byte[]? Unchunked(ReadOnlySpan<byte> rest)
    {
        var body = new List<byte>(rest.Length);
        while (true)
        {
            var line = rest.IndexOf(LineEnd);
            if (line < 0 || !Utf8Parser.TryParse(rest[..line], out int length, out _, 'x') || rest.Length < line + length + 2 * LineEnd.Length)
                return null;
            if (length == 0)
                return [.. body];
            body.AddRange(rest.Slice(line + LineEnd.Length, length));
            rest = rest[(line + length + 2 * LineEnd.Length)..];
        }
    }
}
