using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Sales;
using MiStore.Contracts.Stock;
using MiStore.Gateway.Edge;
using MiStore.Gateway.Live;
using MiStore.Gateway.Load;
using MiStore.ServiceDefaults;
using StackExchange.Redis;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>All sales that are held in turn.</summary>
public sealed class SaleRooms(
    IConnectionMultiplexer redis, LiveMarkets copies, IOptions<RoomOptions> options, IOptions<RateLimitOptions> rates)
{
    readonly TimeSpan patience = TimeSpan.FromSeconds(options.Value.PatienceSeconds);
    readonly IReadOnlyList<IPNetwork> exempt = Networks.TryParse(rates.Value.Exempt, out var networks) ? networks : [];
    readonly ConcurrentDictionary<Guid, SaleRoom> rooms = new();
    int held;

    public IEnumerable<SaleRoom> All => rooms.Values;

    /// <summary>The sale's room; null when there is no such sale.</summary>
    /// <exception cref="NotReady">There may be one, and we have only not been told yet.</exception>
    public SaleRoom? Find(Guid saleId) =>
        rooms.TryGetValue(saleId, out var room) ? room : copies.IsReady ? null : throw new NotReady("the sales");

    /// <summary>Of one that we have been told of.</summary>
    public SaleRoom? Known(Guid saleId) => rooms.GetValueOrDefault(saleId);

    public void Hear(AvailabilityChanged news)
    {
        var toEverybody = news.Batches.Where(batch => batch.WaitingRoom is null).ToList();
        foreach (var batch in news.Batches)
            if (batch.WaitingRoom is { } room)
            {
                var sale = new Sale(room.SaleId, news.Version, news.Market, news.Sku, batch.OpensAt, batch.ClosesAt, room, toEverybody);
                rooms.GetOrAdd(sale.Id, id => new SaleRoom(sale, LineOf(id), Draw.Seed(options.Value.SeedKey, id))).Hear(sale);
            }
    }

    /// <summary>Also where the sale itself has not been told of yet: numbers and news may come in any order.</summary>
    public Task Hear(SaleProgressed news, DateTimeOffset now) => LineOf(news.SaleId).Hear(news, now);

    /// <summary>Where a request comes from, as far as places are counted by it: null for our own house.</summary>
    /// <param name="onBehalfOf">Whom a request of our own house names as its client: the storefront asks for all of its shoppers.</param>
    public string? NetworkOf(IPAddress? address, string? onBehalfOf)
    {
        if (IsExempt(address) && IPAddress.TryParse(onBehalfOf, out var client))
            address = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        return IsExempt(address) ? null : Client.Of(address).Network.ToString("x");
    }

    bool IsExempt(IPAddress? address) => exempt.Any(network => network.Contains(address ?? IPAddress.None));

    /// <summary>Room to hold one more request; to be given back.</summary>
    public bool TryHold()
    {
        if (Interlocked.Increment(ref held) <= options.Value.MostHeld)
            return true;
        Interlocked.Decrement(ref held);
        return false;
    }

    public void Release() => Interlocked.Decrement(ref held);

    Line LineOf(Guid saleId) => new(redis.GetDatabase(), saleId, patience);
}
