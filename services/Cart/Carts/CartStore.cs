using System.Text.Json;
using Microsoft.Extensions.Options;
using MiStore.Cart.Copies;
using StackExchange.Redis;

namespace MiStore.Cart.Carts;

/// <summary>Carts in Redis, a hash each: the cart as JSON, and its version. Redis forgets a cart when its life is over.</summary>
public sealed class CartStore(IConnectionMultiplexer redis, IOptions<CartOptions> options)
{
    // Only over the version that was read, and in one step: of two changes made at once, one is made again.
    const string SaveIfUnchanged =
        """
        if (redis.call('hget', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
        redis.call('hset', KEYS[1], 'version', ARGV[2], 'cart', ARGV[3])
        redis.call('pexpire', KEYS[1], ARGV[4])
        return 1
        """;

    static readonly RedisValue[] Fields = ["version", "cart"];

    /// <returns>Null when there is no such cart, or no longer.</returns>
    public async Task<Cart?> Find(string id, CancellationToken cancellation)
    {
        if (!Cart.IsId(id))
            return null;

        var found = await redis.GetDatabase().HashGetAsync(KeyOf(id), Fields).InTime(cancellation);
        return found[1].IsNull
            ? null
            : JsonSerializer.Deserialize<Cart>((string)found[1]!)! with { Version = (long)found[0] };
    }

    /// <exception cref="CartChangedMeanwhile">Somebody else has changed it since it was read.</exception>
    public async Task Save(Cart cart, CancellationToken cancellation)
    {
        var saved = await redis.GetDatabase().ScriptEvaluateAsync(
            SaveIfUnchanged,
            [KeyOf(cart.Id)],
            [cart.Version, cart.Version + 1, JsonSerializer.Serialize(cart), (long)options.Value.Lifetime.TotalMilliseconds])
            .InTime(cancellation);
        if ((long)saved == 0)
            throw new CartChangedMeanwhile();
    }

    // The braces make the id the hash tag: in a Redis cluster all that belongs to one cart lives together.
    static RedisKey KeyOf(string id) => "cart:{" + id + "}";
}

/// <summary>A change was worked out on a cart that is no longer so; see <see cref="RetryLostRaces"/>.</summary>
public sealed class CartChangedMeanwhile : Exception;
