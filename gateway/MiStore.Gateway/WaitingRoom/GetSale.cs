using Microsoft.AspNetCore.Http.HttpResults;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>The rules of a sale, the store's clock, and what is left, in one call that costs nothing behind the gateway.</summary>
static class GetSale
{
    public static void MapGetSale(this RouteGroupBuilder sales) => sales
        .MapGet("/{id:guid}", Handle)
        .WithName(nameof(GetSale))
        .WithSummary("Look at a sale: server time, rules, what is left")
        .ProducesProblem(StatusCodes.Status404NotFound);

    static Results<Ok<SaleView>, ProblemHttpResult> Handle(Guid id, HttpContext http, SaleRooms rooms, TimeProvider clock)
    {
        if (rooms.Find(id) is not { } room)
            return SaleProblems.UnknownSale();

        var view = SaleView.Of(room, clock.GetUtcNow());
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Poll-After"] = $"{view.PollAfterSeconds}";
        return TypedResults.Ok(view);
    }
}
