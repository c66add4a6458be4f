using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Messaging;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Products;

/// <summary>
/// Stops one product in one market at once, with all its variants, and lets it go on. Everything else there sells on; what
/// is reserved or being paid goes on too. Nothing begins with its end that was not sold before, so no gate stands there.
/// </summary>
public static class PauseProduct
{
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request([property: Required, StringLength(500, MinimumLength = 1)] string Why);

    /// <param name="PausedSince">Null where the product is not paused by itself; its market may be.</param>
    public sealed record Answer(string Market, string Product, DateTimeOffset? PausedSince);

    public static void MapPauseProduct(this RouteGroupBuilder admin)
    {
        admin.MapPost("/markets/{market}/products/{slug}/pause", Pause)
            .WithName(nameof(PauseProduct))
            .WithSummary("Pause one product in a market; doing it twice changes nothing more")
            .WithDescription("404 unknown-market, unknown-product. From then on its offers are paused, and a cart line, a quote or an order of it gets 409 product-paused.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapPost("/markets/{market}/products/{slug}/resume", Resume)
            .WithName("ResumeProduct")
            .WithSummary("Resume a paused product in a market; doing it twice changes nothing more")
            .WithDescription("404 unknown-market, unknown-product. Its offers are then what calendar, prices and restrictions make of them.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static Task<Results<Ok<Answer>, ProblemHttpResult>> Pause(
        string market, string slug, Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return Change(market, slug, since => since ?? now, nameof(PauseProduct), request, user, work, now, cancellation);
    }

    static Task<Results<Ok<Answer>, ProblemHttpResult>> Resume(
        string market, string slug, Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation) =>
        Change(market, slug, _ => null, "ResumeProduct", request, user, work, clock.GetUtcNow(), cancellation);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Change(
        string market, string slug, Func<DateTimeOffset?, DateTimeOffset?> change, string what, Request request, ClaimsPrincipal user, Work work,
        DateTimeOffset now, CancellationToken cancellation)
    {
        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, market) is not { } found)
            return Problems.UnknownMarket(market);

        var key = new { found.Code, slug };
        var skus = (await unit.Connection.QueryAsync<string>("select sku from variants where slug = @slug", key)).AsList();
        if (skus.Count == 0)
            return Problems.Of(StatusCodes.Status404NotFound, "unknown-product", "There is no such product.", null, ("product", slug));

        var before = await unit.Connection.QuerySingleOrDefaultAsync<DateTimeOffset?>(
            "select paused_since from product_pauses where market = @Code and slug = @slug", key);
        var after = change(before);
        var answer = new Answer(found.Code, slug, after);
        if (after == before)
            return TypedResults.Ok(answer);

        await unit.Connection.ExecuteAsync(
            after is null
                ? "delete from product_pauses where market = @Code and slug = @slug"
                : "insert into product_pauses (market, slug, paused_since) values (@Code, @slug, @after)",
            new { found.Code, slug, after });
        await Changes.Change.Record(unit, now, user, what, found.Code, null, answer with { PausedSince = before }, answer, request.Why);
        await OfferPublisher.Republish(unit, market: found.Code, skus: skus);

        await unit.Commit(cancellation);
        return TypedResults.Ok(answer);
    }
}
