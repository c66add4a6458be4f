using MiStore.Storefront;
using MiStore.Storefront.Carts;
using MiStore.Storefront.Checkout;
using MiStore.Storefront.Found;
using MiStore.Storefront.Home;
using MiStore.Storefront.Legal;
using MiStore.Storefront.Markets;
using MiStore.Storefront.Notices;
using MiStore.Storefront.Orders;
using MiStore.Storefront.Products;
using MiStore.Storefront.Visits;
using MiStore.Storefront.WaitingRoom;
using MiStore.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddStore();
builder.AddPages();

var app = builder.Build();

app.UsePageHeaders();
app.UsePageFiles();
app.UseFaultPages();
app.UseRouting();
app.UseOwnForms();
app.UseSameForAll();
app.UseVisits();

app.MapHealthChecks("/health");
app.MapHealthChecks("/alive");

app.MapChooseMarket();
app.MapShowSitemap();
app.MapGroup("/{market:length(2)}/{language:length(2)}").DisableAntiforgery().MapShop();
app.MapFallback("{**path}", FaultPages.NotFound);

app.Run();

static class Shop
{
    /// <summary>Everything a shopper can do in a market.</summary>
    public static void MapShop(this RouteGroupBuilder shop)
    {
        shop.MapShowHome();
        shop.MapShowCategory();
        shop.MapSearchProducts();
        shop.MapShowProduct();
        shop.MapShowCart();
        shop.MapAddToCart();
        shop.MapChangeCartLine();
        shop.MapMoveCart();
        shop.MapShowLinkedCart();
        shop.MapTakeLinkedCart();
        shop.MapEnterAddress();
        shop.MapReviewOrder();
        shop.MapPlaceOrder();
        shop.MapShowOrder();
        shop.MapCancelOrder();
        shop.MapOrderAgain();
        shop.MapLookUpOrder();
        shop.MapAskForNotice();
        shop.MapShowLine();
        shop.MapJoinLine();
        shop.MapTakeTurn();
        shop.MapExtendTurn();
        shop.MapShowCalendar();
        shop.MapAskForReminder();
        shop.MapShowLegalText();
        shop.MapGet("/sold-out", FaultPages.SoldOut).NeedsNobody();
        shop.MapGet("/{**nothing}", FaultPages.NotFound).NeedsNobody();
    }
}
