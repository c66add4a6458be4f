using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiStore.Bench.Doors;

/// <summary>
/// One connection that asks the same thing again and again. A socket and no HttpClient: on few cores the client's own cost is
/// most of what is measured, and it is the same on both sides of a ratio.
/// </summary>
sealed class RawClient(Uri server, string target) : IDisposable
{
    static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] request = Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n");
    readonly byte[] buffer = new byte[128 * 1024];

    public Task Connect() => socket.ConnectAsync(IPAddress.Loopback, server.Port);

    /// <returns>How long each answer took, in milliseconds.</returns>
    public async Task<List<double>> AskFor(TimeSpan duration)
    {
        var took = new List<double>(100_000);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            var asked = Stopwatch.GetTimestamp();
            await Ask();
            took.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        return took;
    }

    async Task Ask()
    {
        await socket.SendAsync(request);
        var (have, whole) = (0, int.MaxValue);
        while (have < whole)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(have));
            if (read == 0)
                throw new IOException("The server closed the connection.");
            have += read;
            if (whole == int.MaxValue)
                whole = LengthOf(buffer.AsSpan(0, have));
        }
    }

    static int LengthOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(HeadEnd);
        if (head < 0)
            return int.MaxValue;
        if (!answer.StartsWith("HTTP/1.1 200"u8))
            throw new IOException(Encoding.ASCII.GetString(answer[..Math.Min(head, 200)]));

        var length = answer.IndexOf("Content-Length: "u8) + "Content-Length: "u8.Length;
        System.Buffers.Text.Utf8Parser.TryParse(answer[length..head], out int body, out _);
        return head + HeadEnd.Length + body;
    }

    public void Dispose() => socket.Dispose();
}
