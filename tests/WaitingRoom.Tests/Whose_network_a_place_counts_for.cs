using System.Net;
using Microsoft.Extensions.Options;
using MiStore.Gateway.Load;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.WaitingRoom.Tests;

public sealed class Whose_network_a_place_counts_for
{
    const string House = "127.0.0.1", Stranger = "203.0.113.7", Another = "198.51.100.4";

    readonly SaleRooms rooms = new(null!, null!, Options.Create(new RoomOptions()), Options.Create(new RateLimitOptions()));

    [Fact]
    public void The_pages_ask_for_their_shopper() => NetworkOf(House, Stranger).ShouldBe(NetworkOf(Stranger));

    [Fact]
    public void A_stranger_is_not_believed_to_be_another() => NetworkOf(Stranger, Another).ShouldBe(NetworkOf(Stranger));

    [Theory]
    [InlineData(null)]
    [InlineData(House)]
    [InlineData("no address")]
    public void Our_own_house_is_not_counted(string? onBehalfOf) => NetworkOf(House, onBehalfOf).ShouldBeNull();

    string? NetworkOf(string address, string? onBehalfOf = null) => rooms.NetworkOf(IPAddress.Parse(address), onBehalfOf);
}
