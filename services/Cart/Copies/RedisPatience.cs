namespace MiStore.Cart.Copies;

/// <summary>A Redis that does not answer is a 503 soon, not a shopper who waits for ever.</summary>
static class RedisPatience
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Task<T> InTime<T>(this Task<T> answer, CancellationToken cancellation) => answer.WaitAsync(Patience, cancellation);

    public static Task InTime(this Task answer, CancellationToken cancellation) => answer.WaitAsync(Patience, cancellation);
}
