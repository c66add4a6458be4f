using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace MiStore.Checkout.Orders;

/// <summary>
/// The one way in which a market's units move. Whatever waits (new orders, payments, expiries, cancellations; at most
/// <see cref="MaxTurn"/>) is done in one turn: take the market's turn, decide in memory, write and commit. One fsync and one row
/// lock serve everybody in the turn, which grows by itself when the disk is slow; there is no timer. Callers are
/// answered after the commit. While a large turn is on its way, another large one may follow it (<see cref="TurnsUnderway"/>).
/// Several instances may run a lane for the same market: the row in <c>lanes</c> makes them take turns.
/// </summary>
/// <param name="maxWaiting">How many may wait; the next is turned away at once.</param>
public sealed class OrderLane(string market, int maxWaiting, LaneStore store, OrderWaiters waiters, ILogger<OrderLane> log)
{
    const int MaxTurn = 256;

    readonly Channel<Entry> waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(maxWaiting) { SingleReader = true });

    readonly TurnsUnderway turns = new(market, new LaneMemory(), store, waiters, log);

    // Rung when enough of them wait for the next turn, and when a turn has come to its end.
    readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    volatile int enough = 1;

    // Between the turns of two equal requests units may come back, and one would hear no and the other yes.
    readonly ConcurrentDictionary<string, Entry.New> underway = [];

    /// <summary>Asks for an order's units. While an equal request is under way, its answer is this one's too.</summary>
    public async Task<PlacementResult> Place(Placement placement)
    {
        var entry = new Entry.New(placement);
        var first = underway.GetOrAdd(placement.IdempotencyKey, entry);
        if (first != entry && first.Placement.RequestHash.AsSpan().SequenceEqual(placement.RequestHash))
            return await first.Done.Task switch
            {
                PlacementResult.Reserved => new PlacementResult.Replayed(first.Placement.OrderId),
                var answer => answer,
            };

        if (!waiting.Writer.TryWrite(entry))
            entry.Answer(new PlacementResult.Busy());
        RingIfEnough();
        try
        {
            return await entry.Done.Task;
        }
        finally
        {
            underway.TryRemove(new(placement.IdempotencyKey, entry));
        }
    }

    /// <summary>Lets an order hear something; null when there is no such order in this market.</summary>
    public async Task<Step?> Advance(Guid orderId, OrderFact fact, CancellationToken cancellation)
    {
        var entry = new Entry.Existing(orderId, fact);
        await waiting.Writer.WriteAsync(entry, cancellation);
        RingIfEnough();
        return await entry.Done.Task.WaitAsync(cancellation);
    }

    internal async Task Run(CancellationToken stopping)
    {
        try
        {
            while (await bell.Reader.WaitToReadAsync(stopping))
            {
                bell.Reader.TryRead(out _);
                do
                {
                    await turns.End();
                    if (waiting.Reader.Count >= turns.Enough)
                        await turns.Begin(Next(), ended: Ring);
                    enough = turns.Enough;
                }
                while (waiting.Reader.Count >= enough);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await turns.EndAll();
            // Whoever still waits has not been promised anything, and whoever comes now is turned away.
            waiting.Writer.TryComplete();
            while (waiting.Reader.TryRead(out var entry))
                entry.Fail(new TimeoutException("The service is stopping."));
        }
    }

    List<Entry> Next()
    {
        var turn = new List<Entry>();
        while (turn.Count < MaxTurn && waiting.Reader.TryRead(out var entry))
            turn.Add(entry);
        return turn;
    }

    void Ring() => bell.Writer.TryWrite(true);

    void RingIfEnough()
    {
        if (waiting.Reader.Count >= enough)
            Ring();
    }

    /// <summary>One caller who waits.</summary>
    internal abstract record Entry
    {
        public abstract void Answer(object? answer);

        public abstract void Fail(Exception exception);

        public sealed record New(Placement Placement) : Entry
        {
            public TaskCompletionSource<PlacementResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public override void Answer(object? answer) => Done.TrySetResult((PlacementResult)answer!);

            public override void Fail(Exception exception) => Done.TrySetException(exception);
        }

        public sealed record Existing(Guid OrderId, OrderFact Fact) : Entry
        {
            public TaskCompletionSource<Step?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public override void Answer(object? answer) => Done.TrySetResult((Step?)answer);

            public override void Fail(Exception exception) => Done.TrySetException(exception);
        }
    }
}

/// <summary>The lanes of all markets, each started when it is first needed.</summary>
public sealed class OrderLanes(LaneStore store, OrderWaiters waiters, IOptions<ReservationOptions> options, ILogger<OrderLane> log) : IHostedService, IDisposable
{
    readonly Dictionary<string, (OrderLane Lane, Task Running)> lanes = [];
    readonly CancellationTokenSource stopping = new();

    public OrderLane Of(string market)
    {
        lock (lanes)
        {
            if (!lanes.TryGetValue(market, out var known))
            {
                var lane = new OrderLane(market, options.Value.MaxWaiting, store, waiters, log);
                lanes[market] = known = (lane, Task.Run(() => lane.Run(stopping.Token)));
            }

            return known.Lane;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(lanes.Values.Select(lane => lane.Running)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stopping.Dispose();
}
