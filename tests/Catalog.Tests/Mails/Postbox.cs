using System.Net.Sockets;
using System.Text;

namespace MiStore.Catalog.Tests.Mails;

/// <summary>
/// A mail server of the test's own, which speaks SMTP (RFC 5321) over a socket, as far as it takes to be given a mail. It is
/// in here, since no server that every machine has speaks it for us alone.
/// </summary>
sealed class Postbox : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();
    readonly Task serving;

    public Postbox()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it says to RCPT TO; 250 is yes.</summary>
    public string AnswerToRecipient { get; set; } = "250 Known";

    /// <summary>What came, as it lay on the wire: envelope and message.</summary>
    public List<(string From, string To, string Message)> Mails { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await serving;
        listener.Dispose();
        closing.Dispose();
    }

    async Task Serve()
    {
        while (!closing.IsCancellationRequested)
            try
            {
                using var caller = await listener.AcceptTcpClientAsync(closing.Token);
                await Talk(caller.GetStream());
            }
            catch (Exception over) when (over is OperationCanceledException or IOException)
            {
                // The test has ended, or the caller has rung off.
            }
    }

    async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        var (from, to) = ("", "");
        await writer.WriteLineAsync("220 postbox");
        while (await reader.ReadLineAsync(closing.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "MAIL")
                from = Address(line);
            if (verb == "RCPT")
                to = Address(line);

            await writer.WriteLineAsync(verb switch
            {
                "RCPT" => AnswerToRecipient,
                "DATA" => "354 Go on",
                "QUIT" => "221 Bye",
                _ => "250 Well",
            });
            if (verb == "QUIT")
                return;
            if (verb != "DATA")
                continue;

            var message = new StringBuilder();
            while (await reader.ReadLineAsync(closing.Token) is { } text && text != ".")
                // A line that begins with a dot has been given another (RFC 5321, 4.5.2).
                message.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
            Mails.Add((from, to, message.ToString()));
            await writer.WriteLineAsync("250 Taken");
        }
    }

    static string Address(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
}
