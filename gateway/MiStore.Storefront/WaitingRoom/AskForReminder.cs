using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>
/// Somebody in the line would like a mail an hour before the sale opens. The address is typed once more, for this alone: a
/// place does not know it.
/// </summary>
static class AskForReminder
{
    /// <summary>In the address of the page to which this leads, so that the page can say what has happened.</summary>
    public const string Noted = "reminder";

    public static void MapAskForReminder(this RouteGroupBuilder shop)
    {
        shop.MapPost("/sales/{id:guid}/reminder", Handle);
        // A page that says why not is at this address, and asks for it again when something has happened.
        shop.MapGet("/sales/{id:guid}/reminder", (Guid id, Visit visit) => Results.LocalRedirect(visit.Place.Sale(id)));
    }

    static async Task<IResult> Handle(
        Guid id, [FromForm] string? email, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        var sale = (await store.GetSale(id, cancellation)).OrThrow();
        if (sale.Market != visit.Market)
            return FaultPages.NotFound(http);

        var request = new NoticeRequest(visit.Market, null, email?.Trim() ?? "", visit.Language, sale.Sku, id);
        var refusal = await store.AskForNotice(request, cancellation);
        if (refusal is null)
            return Results.LocalRedirect($"{visit.Place.Sale(id)}?{Noted}");
        if (refusal.Code == "sale-begun")
            return Results.LocalRedirect(visit.Place.Sale(id));

        var place = await ShowLine.PlaceOf(id, http, store, cancellation);
        return ShowLine.Of(sale, place, http, visit, Refusals.Say(refusal, visit), email, refusal.Status);
    }
}
