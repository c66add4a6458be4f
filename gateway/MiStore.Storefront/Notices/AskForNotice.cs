using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Products;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Notices;

/// <summary>The shopper would like a mail when the product can be bought; the first mail asks whether it was they who asked.</summary>
static class AskForNotice
{
    public static void MapAskForNotice(this RouteGroupBuilder shop) => shop.MapPost("/products/{slug}/notice", Handle);

    static async Task<IResult> Handle(
        string slug, [FromForm] string? email, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        var refusal = await store.AskForNotice(new NoticeRequest(visit.Market, slug, email?.Trim() ?? "", visit.Language), cancellation);
        return refusal is null
            ? await ShowProduct.Of(slug, visit, store, cancellation, news: visit.Words.NoticeNoted)
            : await ShowProduct.Of(slug, visit, store, cancellation, Refusals.Say(refusal, visit), email: email, status: refusal.Status);
    }
}
