using MassTransit;
using MiStore.Contracts.Replays;
using MiStore.Contracts.Sales;
using StackExchange.Redis;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// Keeps the lines going: begins them, closes their lists, draws, lets people in. Every gateway has one, and all of them
/// do all of it: each step is taken by whoever comes first, so that it does not matter which of them dies.
/// </summary>
public sealed class Usher(SaleRooms rooms, IConnectionMultiplexer redis, IBus bus, TimeProvider clock, ILogger<Usher> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Seldom = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(5);
    static readonly RedisChannel LetIn = new("line:let-in", RedisChannel.PatternMode.Literal);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        // Who waits may wait at another gateway than the one that lets them in.
        redis.GetSubscriber().Subscribe(LetIn, (_, message) => Tell(((string)message!).Split(' ')), CommandFlags.FireAndForget);

        while (!stopping.IsCancellationRequested)
        {
            await Task.WhenAll(rooms.All.Where(room => room.NextLook <= TimeProvider.System.GetUtcNow()).Select(room => Look(room, stopping)));
            await Task.Delay(Pause, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Look(SaleRoom room, CancellationToken stopping)
    {
        var pause = Seldom;
        try
        {
            var turn = await Turn.Take(room, clock.GetUtcNow());
            if (turn.IsSoon)
                pause = Pause;
            if (turn.LetIn.Count > 0)
                await redis.GetSubscriber().PublishAsync(
                    LetIn, room.Sale.Id.ToString("n") + " " + string.Join(' ', turn.LetIn), CommandFlags.FireAndForget);
            if (turn.IsRemade)
                log.LogWarning("The line of sale {Sale} was lost and is made again from its tickets", room.Sale.Id);

            var now = TimeProvider.System.GetUtcNow();
            if ((turn.NeedsNumbers || turn.List is not null) && now - room.SaidAt > SayAgain)
            {
                room.SaidAt = now;
                if (turn.NeedsNumbers)
                    await Say(new ReplayRequested("gateway", "checkout"), stopping);
                // Until Checkout has it: then it is known to two services, and to everybody who asks.
                if (turn.List is { } list)
                    await Say(new TicketListClosed(room.Sale.Id, list), stopping);
            }
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("The line of sale {Sale} stands still for the moment: {Cause}", room.Sale.Id, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        room.NextLook = TimeProvider.System.GetUtcNow() + pause;
    }

    // While the broker is away, nobody is kept waiting for it: it is said again.
    async Task Say<T>(T message, CancellationToken stopping) where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(TimeSpan.FromMilliseconds(500));
        try
        {
            await bus.Publish(message, deadline.Token);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogInformation("{Message} could not be said just now: {Cause}", typeof(T).Name, exception.Message);
        }
    }

    void Tell(string[] message)
    {
        if (Guid.TryParseExact(message[0], "n", out var sale) && rooms.Known(sale) is { } room)
            foreach (var ticket in message.AsSpan(1))
                room.LetIn(Guid.ParseExact(ticket, "n"));
    }
}
