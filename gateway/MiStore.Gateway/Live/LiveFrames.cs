using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Markets;

namespace MiStore.Gateway.Live;

/// <summary>Events as they go over the wire (text/event-stream), in the JSON of the rest of the API.</summary>
public sealed class LiveFrames(IOptions<JsonOptions> json)
{
    /// <summary>A comment: keeps the connection from looking idle to whatever lies between, and shows us who has gone.</summary>
    public static readonly byte[] Heartbeat = ": so far so good\n\n"u8.ToArray();

    /// <summary>The first words to everybody: our clock, and how long to wait before coming back when we break off.</summary>
    public byte[] Time(DateTimeOffset now, TimeSpan comeBackAfter) =>
        [.. Encoding.UTF8.GetBytes($"retry: {(int)comeBackAfter.TotalMilliseconds}\n"), .. Event(null, "time", new { ServerTime = now })];

    public byte[] Phase(string? id, string market, MarketPhase phase, DateTimeOffset now) =>
        Event(id, "phase", new { Market = market, Phase = phase, ServerTime = now });

    public byte[] Offer(string id, LiveOffer offer) => Event(id, "offer", offer);

    byte[] Event<T>(string? id, string name, T data) => Encoding.UTF8.GetBytes(
        $"{(id is null ? "" : $"id: {id}\n")}event: {name}\ndata: {JsonSerializer.Serialize(data, json.Value.SerializerOptions)}\n\n");
}
