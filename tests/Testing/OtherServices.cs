using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Replays;

namespace MiStore.Testing;

/// <summary>The services whose facts are copied, played by the test: whoever asks is told everything, until they fall silent.</summary>
public sealed class OtherServices
{
    readonly TestBroker broker;
    readonly Func<string, object[]?> factsOf;
    int answering;
    long version = 1;

    OtherServices(TestBroker broker, Func<string, object[]?> factsOf) => (this.broker, this.factsOf) = (broker, factsOf);

    /// <summary>While false, nobody is answered.</summary>
    public bool Answer { get; set; } = true;

    /// <param name="factsOf">All that a producer has to say; null of one that is not played.</param>
    public static async Task<OtherServices> Play(TestBroker broker, Func<string, object[]?> factsOf)
    {
        var others = new OtherServices(broker, factsOf);
        await broker.Listen<ReplayRequested>(others.Replay);
        return others;
    }

    /// <summary>From now on they do not answer, and what they have said before, perhaps more than once, has been heard.</summary>
    /// <param name="market">What is said in between, with newer versions, to know that by.</param>
    /// <param name="isKept">Whether both are there in that version.</param>
    public async Task FallSilent(MarketChanged market, OfferPublished offer, Func<long, Task<bool>> isKept)
    {
        Answer = false;
        await Eventually.True(() => Volatile.Read(ref answering) == 0);

        // The queues are read in order, by many at once: when the same was heard twice more, so was everything before it.
        for (var time = 0; time < 2; time++)
        {
            version++;
            await broker.Publish(market with { Version = version });
            await broker.Publish(offer with { Version = version });
            await Eventually.True(() => isKept(version));
        }
    }

    async Task Replay(ReplayRequested request)
    {
        Interlocked.Increment(ref answering);
        try
        {
            if (!Answer || factsOf(request.Producer) is not { } facts)
                return;

            foreach (var fact in facts)
                await broker.Publish(fact);
            await broker.Publish(new ReplayFinished(request.By, request.Producer, facts.Length));
        }
        finally
        {
            Interlocked.Decrement(ref answering);
        }
    }
}
