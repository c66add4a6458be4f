namespace MiStore.Cart.Carts;

/// <summary>
/// Two tabs, a double click: a call that lost a race for its cart is made again from the start, on the cart as it is now.
/// So no change swallows another, and each use case can be written as if it were alone.
/// </summary>
sealed class RetryLostRaces : IEndpointFilter
{
    const int MaxTries = 12;
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(30);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        for (var tries = 1; tries <= MaxTries; tries++)
        {
            try
            {
                return await next(context);
            }
            catch (CartChangedMeanwhile)
            {
                // By chance, so that those who met once do not meet again.
                await Task.Delay(Random.Shared.NextDouble() * LongestPause, TimeProvider.System, context.HttpContext.RequestAborted);
            }
        }

        return CartProblems.CartChanged();
    }
}
