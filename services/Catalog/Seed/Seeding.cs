using System.Text.Json;
using Dapper;
using MiStore.Catalog.Products;
using MiStore.Messaging;

namespace MiStore.Catalog.Seed;

/// <summary>
/// What the store opens with, published like any other product; into an empty database only, so that a restart never
/// brings back what an operator has changed.
/// </summary>
static class Seeding
{
    sealed record Category(string Slug, int Position, IReadOnlyDictionary<string, string> Names);

    const string Products = "MiStore.Catalog.Seed.Products.";

    // Notes are for readers of the files.
    static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    public static async Task SeedCatalog(this WebApplication app)
    {
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var unit = await app.Services.GetRequiredService<Work>().Begin(app.Lifetime.ApplicationStopping);

        // Several instances may start at once: one seeds, the others wait here and find it done.
        await unit.Connection.ExecuteAsync(
            "lock table products in share row exclusive mode", transaction: unit.Transaction);
        if (await unit.Connection.ExecuteScalarAsync<bool>(
                "select exists (select from products)", transaction: unit.Transaction))
            return;

        foreach (var category in Read<Category[]>("MiStore.Catalog.Seed.categories.json"))
            await unit.Connection.ExecuteAsync(
                "insert into categories (slug, position, names) values (@Slug, @Position, @names::jsonb)",
                new { category.Slug, category.Position, names = JsonSerializer.Serialize(category.Names) }, unit.Transaction);

        foreach (var resource in typeof(Seeding).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Products, StringComparison.Ordinal)))
        {
            var product = Read<Product>(resource);
            if (ProductRules.Faults(product) is { Count: > 0 } faults)
                throw new InvalidOperationException(
                    $"The seed of '{product.Slug}' is not well formed: {string.Join(" ", faults)}");
            if (await PublishProduct.Publish(unit, product, who: "seed", why: "Opening range", now) is { } refusal)
                throw new InvalidOperationException(
                    $"The seed of '{product.Slug}' was refused: {refusal.ProblemDetails.Detail}");
        }

        await unit.Commit();
    }

    static T Read<T>(string resource)
    {
        using var file = typeof(Seeding).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<T>(file, Json)!;
    }
}
