using System.Security.Claims;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Catalog.Changes;
using MiStore.Catalog.Products;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Categories;

/// <summary>A category is made, or called something else, or called something in one more language.</summary>
public static class PutCategory
{
    /// <param name="Names">By two-letter language code, with en among them; 1 to 60 characters each.</param>
    /// <param name="Position">Its place among the categories; null leaves it where it is, or puts a new one last.</param>
    /// <param name="Why">For the record of changes; 1 to 500 characters.</param>
    public sealed record Request(IReadOnlyDictionary<string, string> Names, string Why, int? Position = null);

    public sealed record Category(string Slug, int Position, IReadOnlyDictionary<string, string> Names);

    public static void MapPutCategory(this RouteGroupBuilder categories) => categories
        .MapPut("/{slug}", Handle)
        .WithName(nameof(PutCategory))
        .WithSummary("Make or rename a category")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    static async Task<Results<Ok<Category>, ProblemHttpResult>> Handle(
        string slug, Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        if (Faults(slug, request) is { Count: > 0 } faults)
            return Problems.MalformedRequest(string.Join(" ", faults));

        await using var unit = await work.Begin(cancellation);
        var before = await Find(unit, slug);
        await unit.Connection.ExecuteAsync(
            """
            insert into categories (slug, position, names)
            values (@slug, coalesce(@Position, (select coalesce(max(position), 0) + 10 from categories)), @names::jsonb)
            on conflict (slug) do update set names = excluded.names, position = coalesce(@Position, categories.position)
            """, new { slug, request.Position, names = JsonSerializer.Serialize(request.Names) });
        var after = (await Find(unit, slug))!;

        await Change.Record(unit, "category-put", slug, before, after, user.Subject(), request.Why, clock.GetUtcNow());
        // What its products lack in a language is another number now, and their pages show another name.
        foreach (var product in await unit.Connection.QueryAsync<string>(
            "update products set version = version + 1 where category = @slug returning slug", new { slug }))
            await Announcement.Of(unit, product);
        await unit.Commit(cancellation);
        return TypedResults.Ok(after);
    }

    static List<string> Faults(string slug, Request request)
    {
        var faults = ProductRules.FaultsOfWhy(request.Why).ToList();
        if (slug.Length > 64 || !ProductRules.Words().IsMatch(slug))
            faults.Add("slug: lower-case words joined by hyphens, at most 64 characters.");
        if (!ProductRules.IsLocalised(request.Names, 60))
            faults.Add(ProductRules.Localisation("names", 60));
        if (request.Position < 0)
            faults.Add("position: not negative.");
        return faults;
    }

    static async Task<Category?> Find(UnitOfWork unit, string slug) =>
        await unit.Connection.QuerySingleOrDefaultAsync<(int Position, string Names)?>(
            "select position, names from categories where slug = @slug for update", new { slug }) is var (position, names)
            ? new Category(slug, position, JsonSerializer.Deserialize<Dictionary<string, string>>(names)!)
            : null;
}
