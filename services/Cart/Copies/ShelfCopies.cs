using System.Text.Json;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Products;
using MiStore.Contracts.Stock;
using MiStore.Messaging.Replays;
using MiStore.ServiceDefaults;
using StackExchange.Redis;

namespace MiStore.Cart.Copies;

/// <summary>
/// Our copies of what Pricing, Catalog and Checkout say, in Redis hashes, shared by all instances. Each value carries its version in
/// front, so that news is taken over in one step and late or repeated news is harmless.
/// </summary>
public sealed class ShelfCopies(IConnectionMultiplexer redis) : ICopies
{
    const string Pricing = "pricing";
    const string Catalog = "catalog";
    const string Checkout = "checkout";

    // A hash tag a producer: what is written in one step lives together in a Redis cluster.
    static readonly RedisKey Offers = "copies:{pricing}:offers";
    static readonly RedisKey Markets = "copies:{pricing}:markets";
    static readonly RedisKey Products = "copies:{catalog}:products";
    static readonly RedisKey Names = "copies:{catalog}:names";
    static readonly RedisKey Stock = "copies:{checkout}:stock";

    // Versions have one width, so that they compare as text: a Lua number is a double and would round a large one.
    const int VersionDigits = 19;

    const string KeepNewer =
        """
        local known = redis.call('hget', KEYS[1], ARGV[1])
        if known and string.sub(known, 1, #ARGV[2]) >= ARGV[2] then return 0 end
        redis.call('hset', KEYS[1], ARGV[1], ARGV[2] .. ARGV[3])
        return 1
        """;

    // A product's value is its SKUs, a line each; their names go where a cart line finds them, and those of SKUs that the
    // product no longer has go away.
    const string KeepNewerProduct =
        """
        local known = redis.call('hget', KEYS[1], ARGV[1])
        if known then
            if string.sub(known, 1, #ARGV[2]) >= ARGV[2] then return 0 end
            for sku in string.gmatch(string.sub(known, #ARGV[2] + 1), '[^\n]+') do redis.call('hdel', KEYS[2], sku) end
        end
        local skus = {}
        for i = 3, #ARGV, 2 do
            redis.call('hset', KEYS[2], ARGV[i], ARGV[i + 1])
            table.insert(skus, ARGV[i])
        end
        redis.call('hset', KEYS[1], ARGV[1], ARGV[2] .. table.concat(skus, '\n'))
        return 1
        """;

    readonly ReadCopies<MarketChanged> markets = new(Value<MarketChanged>);
    readonly ReadCopies<OfferPublished> offers = new(Value<OfferPublished>);
    readonly ReadCopies<AvailabilityChanged> stock = new(Value<AvailabilityChanged>);
    readonly ReadCopies<IReadOnlyDictionary<string, string>> names =
        new(bytes => JsonSerializer.Deserialize<IReadOnlyDictionary<string, string>>(bytes)!);

    IDatabase Db => redis.GetDatabase();

    /// <summary>What a market that there is has to say of these SKUs.</summary>
    /// <exception cref="NotReady">Something is missing here that we may only not have been told yet.</exception>
    public async Task<Shelf> Of(string market, IEnumerable<string> skus, CancellationToken cancellation) =>
        await Find(market, skus, cancellation) ?? throw new NotReady($"the market {market}");

    /// <summary>The same of a market that there may be; null where there is none.</summary>
    /// <exception cref="NotReady">Something is missing here that we may only not have been told yet.</exception>
    public async Task<Shelf?> Find(string market, IEnumerable<string> skus, CancellationToken cancellation)
    {
        var asked = skus.Distinct().ToArray();
        var inMarket = Array.ConvertAll(asked, sku => OfferField(market, sku));
        var findMarket = Db.HashGetAsync(Markets, market);
        var findOffers = Db.HashGetAsync(Offers, Fields(inMarket));
        var findNames = Db.HashGetAsync(Names, Fields(asked));
        var findStock = Db.HashGetAsync(Stock, Fields(inMarket));
        await Task.WhenAll(findMarket, findOffers, findNames, findStock).InTime(cancellation);

        var (known, foundOffers, foundNames) = (await findMarket, await findOffers, await findNames);
        if (known.IsNull || foundOffers.Any(offer => offer.IsNull) || foundNames.Any(name => name.IsNull))
            await RequireWhole(cancellation);

        return known.IsNull ? null : new Shelf(
            markets.Read(market, known!),
            Found(asked, inMarket, foundOffers, offers),
            Found(asked, asked, foundNames, names),
            // Of most SKUs there are batches; of one that has none yet nothing is said.
            Found(asked, inMarket, await findStock, stock));
    }

    public Task Keep(OfferPublished offer, CancellationToken cancellation) =>
        Keep(Offers, OfferField(offer.Market, offer.Sku), offer.Version, offer, cancellation);

    public Task Keep(AvailabilityChanged stock, CancellationToken cancellation) =>
        Keep(Stock, OfferField(stock.Market, stock.Sku), stock.Version, stock, cancellation);

    public Task Keep(MarketChanged market, CancellationToken cancellation) =>
        Keep(Markets, market.Code, market.Version, market, cancellation);

    public Task Keep(ProductPublished product, CancellationToken cancellation) => Db.ScriptEvaluateAsync(
        KeepNewerProduct,
        [Products, Names],
        [
            product.Slug, Version(product.Version),
            .. product.Variants.SelectMany(variant => new RedisValue[] { variant.Sku, JsonSerializer.Serialize(variant.Names) }),
        ]).InTime(cancellation);

    public IReadOnlyList<string> Producers { get; } = [Pricing, Catalog, Checkout];

    public async Task<long[]> Count(string producer, CancellationToken cancellation)
    {
        RedisKey[] facts = producer switch { Pricing => [Offers, Markets], Catalog => [Products], _ => [Stock] };
        return await Task.WhenAll(facts.Select(hash => Db.HashLengthAsync(hash))).InTime(cancellation);
    }

    public async Task<long?> Told(string producer, CancellationToken cancellation) =>
        (long?)await Db.StringGetAsync(ToldBy(producer)).InTime(cancellation);

    public Task RememberTold(string producer, long facts, CancellationToken cancellation) =>
        Db.StringSetAsync(ToldBy(producer), facts).InTime(cancellation);

    // Asked of Redis at that moment, not of what we thought of it two seconds ago: it may just have been emptied.
    async Task RequireWhole(CancellationToken cancellation)
    {
        foreach (var producer in Producers)
            if (await Told(producer, cancellation) is not { } told || (await Count(producer, cancellation)).Sum() < told)
                throw new NotReady($"what {producer} has to say");
    }

    Task Keep<T>(RedisKey hash, RedisValue field, long version, T fact, CancellationToken cancellation) => Db.ScriptEvaluateAsync(
        KeepNewer, [hash], [field, Version(version), JsonSerializer.Serialize(fact)]).InTime(cancellation);

    static Dictionary<string, T> Found<T>(string[] asked, string[] fields, RedisValue[] values, ReadCopies<T> copies) where T : notnull
    {
        var found = new Dictionary<string, T>(asked.Length);
        for (var i = 0; i < asked.Length; i++)
            if (!values[i].IsNull)
                found[asked[i]] = copies.Read(fields[i], values[i]!);
        return found;
    }

    static RedisValue[] Fields(string[] names) => Array.ConvertAll(names, name => (RedisValue)name);

    static T Value<T>(byte[] bytes) => JsonSerializer.Deserialize<T>(bytes.AsSpan(VersionDigits))!;

    static RedisValue Version(long version) => version.ToString("d" + VersionDigits);

    static string OfferField(string market, string sku) => $"{market}:{sku}";

    static RedisKey ToldBy(string producer) => "copies:{" + producer + "}:told";
}
