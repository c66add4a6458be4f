using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Catalog.Changes;
using MiStore.Catalog.Products;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Restrictions;

/// <summary>
/// The store says where a product may not be sold, and why. The list is the whole list: a market that is not named has
/// no restriction, so an empty list lifts the last one and the product is sold wherever Pricing offers it.
/// </summary>
public static class SetRestrictions
{
    /// <param name="Why">For the record of changes; 1 to 500 characters.</param>
    public sealed record Request(IReadOnlyList<Restriction> Restrictions, string Why);

    /// <param name="Version">Rises with every change of the product.</param>
    public sealed record Restricted(string Slug, long Version, IReadOnlyList<Restriction> Restrictions);

    public static void MapSetRestrictions(this RouteGroupBuilder products) => products
        .MapPut("/{slug}/restrictions", Handle)
        .WithName(nameof(SetRestrictions))
        .WithSummary("Replace the list of where a product may not be sold, and why")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<Restricted>, ProblemHttpResult>> Handle(
        string slug, Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var faults = RestrictionRules.Faults(request.Restrictions)
            .Concat(ProductRules.FaultsOfWhy(request.Why)).ToList();
        if (faults.Count > 0)
            return Problems.MalformedRequest(string.Join(" ", faults));

        await using var unit = await work.Begin(cancellation);
        // Two operators at once: the second waits here, and his record says what the first had left.
        var version = await unit.Connection.ExecuteScalarAsync<long?>(
            "update products set version = version + 1 where slug = @slug returning version", new { slug }, unit.Transaction);
        if (version is null)
            return ProductProblems.UnknownProduct(slug);

        var before = await RestrictionRows.Read(unit, slug);
        await RestrictionRows.Replace(unit, slug, request.Restrictions);
        var after = await RestrictionRows.Read(unit, slug);

        await Change.Record(unit, "restrictions-set", slug, before, after, user.Subject(), request.Why, clock.GetUtcNow());
        await Announcement.Of(unit, slug);
        await unit.Commit(cancellation);
        return TypedResults.Ok(new Restricted(slug, version.Value, after));
    }
}
