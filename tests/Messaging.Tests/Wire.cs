using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MiStore.Messaging.Tests;

/// <summary>
/// A wire to the broker that can be cut, and that can go dead in the middle of the conversation, as wires to a server do
/// that comes back slowly: connections stand, and an answer never comes.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    /// <summary>exchange.declare: class 40, method 10 of AMQP 0-9-1.</summary>
    public const uint DeclareExchange = 40 << 16 | 10;

    const int ProtocolHeader = 8;
    const int FrameHeader = 7;
    const byte MethodFrame = 1;

    readonly CancellationTokenSource gone = new();
    readonly TcpListener entrance = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<Socket, bool> ends = new();
    readonly Uri broker;
    readonly Task accepting;
    uint deadAt;
    int died;

    public Wire(string address)
    {
        broker = new Uri(address);
        entrance.Start();
        accepting = Accept();
    }

    public string Address => new UriBuilder(broker) { Host = "127.0.0.1", Port = ((IPEndPoint)entrance.LocalEndpoint).Port }.Uri.AbsoluteUri;

    /// <summary>How many connections died in the middle of the conversation.</summary>
    public int Died => Volatile.Read(ref died);

    /// <summary>Every connection that says this from now on is heard no more.</summary>
    public void GoDeadAt(uint method) => Volatile.Write(ref deadAt, method);

    public void Mend() => Volatile.Write(ref deadAt, 0);

    public void Cut()
    {
        foreach (var end in ends.Keys)
            end.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        entrance.Stop();
        Cut();
        await accepting;
    }

    async Task Accept()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
                carried.Add(Carry(await entrance.AcceptSocketAsync(gone.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carried);
        }
    }

    async Task Carry(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        ends[client] = ends[server] = true;
        try
        {
            await server.ConnectAsync(broker.Host, broker.Port > 0 ? broker.Port : 5672, gone.Token);
            await Task.WhenAny(Questions(client, server), Answers(server, client));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
        }
        finally
        {
            client.Dispose();
            ends.TryRemove(client, out _);
            ends.TryRemove(server, out _);
        }
    }

    async Task Questions(Socket client, Socket server)
    {
        await using var from = new NetworkStream(client);
        await using var to = new NetworkStream(server);
        var buffer = new byte[FrameHeader];
        await Pass(from, to, new byte[ProtocolHeader]);
        while (true)
        {
            await from.ReadExactlyAsync(buffer, gone.Token);
            var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(3)) + 1];
            await from.ReadExactlyAsync(rest, gone.Token);
            if (Volatile.Read(ref deadAt) is var dead and not 0
                && buffer[0] == MethodFrame && BinaryPrimitives.ReadUInt32BigEndian(rest) == dead)
            {
                Interlocked.Increment(ref died);
                await Task.Delay(Timeout.Infinite, gone.Token);
            }

            await to.WriteAsync(buffer, gone.Token);
            await to.WriteAsync(rest, gone.Token);
        }
    }

    async Task Answers(Socket server, Socket client)
    {
        await using var from = new NetworkStream(server);
        await using var to = new NetworkStream(client);
        await from.CopyToAsync(to, gone.Token);
    }

    async Task Pass(Stream from, Stream to, byte[] bytes)
    {
        await from.ReadExactlyAsync(bytes, gone.Token);
        await to.WriteAsync(bytes, gone.Token);
    }
}
