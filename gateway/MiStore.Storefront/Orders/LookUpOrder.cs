using Microsoft.AspNetCore.Mvc;
using MiStore.Client;
using MiStore.Storefront.Parts;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Orders;

/// <summary>The customer has lost the link of an order and asks by its number and e-mail address where it stands.</summary>
static class LookUpOrder
{
    public static void MapLookUpOrder(this RouteGroupBuilder shop)
    {
        shop.MapGet("/orders", (Visit visit) => Page.Of<LookUpPage>(new { Visit = visit })).IsSameForAll();
        shop.MapPost("/orders", Handle);
    }

    static async Task<IResult> Handle(
        [FromForm] string? number, [FromForm] string? email, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        var reply = await store.LookUpOrder(new LookUpOrderRequest(number?.Trim() ?? "", email?.Trim() ?? ""), cancellation);
        return reply.Is(out var standing, out var refusal)
            ? Page.Of<LookUpPage>(new { Visit = visit, Standing = standing })
            : Page.Of<LookUpPage>(
                new { Visit = visit, Number = number, Email = email, Problem = Refusals.Say(refusal, visit) }, refusal.Status);
    }
}
