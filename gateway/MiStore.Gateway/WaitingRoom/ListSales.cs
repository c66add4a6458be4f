using MiStore.Contracts.Markets;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>The sales that are held in turn, the next opening first: how a product's page finds its own.</summary>
static class ListSales
{
    public sealed record Answer(IReadOnlyList<SaleView> Sales);

    public static void MapListSales(this RouteGroupBuilder sales) => sales
        .MapGet("/", Handle)
        .WithName(nameof(ListSales))
        .WithSummary("List the sales that are held in turn");

    /// <param name="market">Only of this market.</param>
    /// <param name="sku">Only of this SKU.</param>
    static Answer Handle(string? market, string? sku, HttpContext http, SaleRooms rooms, TimeProvider clock)
    {
        var code = market is null ? null : MarketCode.Normalize(market) ?? "";
        var now = clock.GetUtcNow();
        http.Response.Headers.CacheControl = "no-store";
        return new Answer(
        [
            .. rooms.All
                .Where(room => (code is null || room.Sale.Market == code) && (sku is null || room.Sale.Sku == sku))
                .OrderBy(room => room.Sale.OpensAt).ThenBy(room => room.Sale.Id)
                .Select(room => SaleView.Of(room, now)),
        ]);
    }
}
