using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MiStore.PaymentSandbox.Webhooks;

/// <summary>Reports to the merchant: each event until he answers 2xx, with a growing pause between attempts.</summary>
public sealed class WebhookSender(
    EventBook events, HttpClient http, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookSender> log)
    : BackgroundService
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    const int AtOnce = 256;

    // Longer than an attempt can take; after a crash this is how long its events wait.
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    // A report comes a moment after the answer, as at any provider: by then who asked has written down what he heard, and has
    // nothing to do for it. And what happens within that moment is taken from the book together.
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim wake = new(0, 1);
    readonly ConcurrentQueue<Attempt> ended = [];
    int inFlight;

    /// <summary>There is news: do not wait for the next look.</summary>
    public void Wake()
    {
        if (wake.CurrentCount > 0)
            return;
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has just said so.
        }
    }

    /// <summary>Tells right now, once. What does not arrive is told in the ordinary way when it is due.</summary>
    public async Task SendNow(IEnumerable<Event> news, CancellationToken cancellation)
    {
        var told = new List<string>();
        foreach (var item in news)
        {
            if (await Post(item.Body, cancellation))
                told.Add(item.Id);
        }
        await events.Delivered([.. told], clock.GetUtcNow(), cancellation);
        Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (options.Value.Endpoint is null)
        {
            log.LogWarning("Webhooks:Endpoint is not set: nobody is told of payments. Events are kept.");
            return;
        }

        while (!stopping.IsCancellationRequested)
        {
            var marks = new List<Attempt>();
            while (ended.TryDequeue(out var attempt))
                marks.Add(attempt);

            try
            {
                var due = await events.Next(marks, AtOnce - Volatile.Read(ref inFlight), Lease, clock.GetUtcNow(), stopping);
                foreach (var delivery in due)
                {
                    Interlocked.Increment(ref inFlight);
                    _ = Deliver(delivery, stopping);
                }
                await wake.WaitAsync(Poll, stopping);
                await Task.Delay(Moment, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                log.LogWarning("The book cannot be read for webhooks: {Cause}", exception.Message);
                marks.ForEach(ended.Enqueue);
                await Task.Delay(TimeSpan.FromSeconds(1), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task Deliver(Delivery delivery, CancellationToken stopping)
    {
        try
        {
            var delivered = await Post(delivery.Body, stopping);
            var now = clock.GetUtcNow();
            ended.Enqueue(delivered
                ? new Attempt(delivery.Seq, now, now)
                : new Attempt(delivery.Seq, null, now + Pause(delivery.Attempts)));
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
            Wake();
        }
    }

    /// <summary>1, 2, 4 … 60 seconds, each a little shorter by chance: who comes back is not overrun.</summary>
    static TimeSpan Pause(int attempts)
    {
        var seconds = Math.Min(Math.Pow(2, attempts - 1), LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.8 + 0.2 * Random.Shared.NextDouble()));
    }

    async Task<bool> Post(string body, CancellationToken cancellation)
    {
        if (options.Value is not { Endpoint: { } endpoint, Secret: var secret })
            return false;

        var payload = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.ToString().TrimEnd('/') + "/webhooks/payments");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(payload, secret, clock.GetUtcNow()));
        request.Content = new ByteArrayContent(payload)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } },
        };
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            log.LogDebug("A webhook did not arrive: {Cause}", exception.Message);
            return false;
        }
    }
}
