using System.Text.Json.Nodes;

namespace MiStore.Gateway.Docs;

/// <summary>Makes one OpenAPI document of the services' own. Knows JSON and nothing of HTTP.</summary>
public static class MergedDocument
{
    const string SchemaPointer = "#/components/schemas/";

    /// <param name="Document">As the service serves it; null when it did not answer.</param>
    public sealed record Part(string Service, JsonNode? Document);

    /// <param name="isPublic">Whether the gateway routes this path to this service.</param>
    public static JsonObject Of(IReadOnlyCollection<Part> parts, string baseUrl, Func<string, string, bool> isPublic)
    {
        var present = parts.Where(part => part.Document is not null)
            .Select(part => (part.Service, Document: part.Document!.DeepClone().AsObject()))
            .ToList();
        foreach (var (service, document) in present)
            KeepPublicPaths(document, path => isPublic(service, path));
        foreach (var (service, document) in present)
            KeepSchemasInUse(document);
        TellApart(present);

        var documents = present.ConvertAll(part => part.Document);
        return new JsonObject
        {
            ["openapi"] = documents.FirstOrDefault()?["openapi"]?.DeepClone() ?? "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "MiStore",
                ["version"] = "v1",
                ["description"] = Description([.. parts.Where(part => part.Document is null).Select(part => part.Service)]),
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = baseUrl }),
            ["paths"] = Sorted(Union(documents.Select(document => document["paths"]))),
            ["components"] = Components(documents),
            ["tags"] = Tags(documents),
        };
    }

    static string Description(string[] missing) => missing.Length == 0
        ? "The whole store behind one URL."
        : $"The whole store behind one URL. Missing here, because they do not answer at the moment: {string.Join(", ", missing)}.";

    static void KeepPublicPaths(JsonObject document, Func<string, bool> isPublic)
    {
        if (document["paths"] is JsonObject paths)
            foreach (var path in paths.Select(path => path.Key).Where(path => !isPublic(path)).ToList())
                paths.Remove(path);
    }

    /// <summary>A schema that only an internal call used is nobody's business outside.</summary>
    static void KeepSchemasInUse(JsonObject document)
    {
        if (document["components"]?["schemas"] is not JsonObject schemas)
            return;

        var used = new HashSet<string>();
        var open = new Stack<string>(References(document["paths"]));
        while (open.TryPop(out var name))
            if (used.Add(name) && schemas[name] is { } schema)
                foreach (var next in References(schema))
                    open.Push(next);

        foreach (var name in schemas.Select(schema => schema.Key).Where(name => !used.Contains(name)).ToList())
            schemas.Remove(name);
    }

    /// <summary>
    /// Schemas of one name that differ, or that mean others that differ, get their service's name in front:
    /// CatalogProduct, PricingProduct. Operations of one name likewise.
    /// </summary>
    static void TellApart(List<(string Service, JsonObject Document)> parts)
    {
        var byName = parts
            .SelectMany(part => part.Document["components"]?["schemas"] as JsonObject ?? [])
            .ToLookup(schema => schema.Key, schema => schema.Value);
        var shared = byName.Where(schemas => schemas.Count() > 1).ToDictionary(schemas => schemas.Key, schemas => schemas.ToList());
        var differing = shared.Where(schemas => schemas.Value.Any(schema => !JsonNode.DeepEquals(schema, schemas.Value[0])))
            .Select(schemas => schemas.Key)
            .ToHashSet();
        while (shared.Any(schemas => schemas.Value.SelectMany(References).Any(differing.Contains) && differing.Add(schemas.Key)))
        {
        }

        foreach (var (service, document) in parts)
        {
            Rename(document, name => differing.Contains(name) ? Pascal(service) + name : name);
            if (document["components"]?["schemas"] is JsonObject schemas)
                foreach (var name in schemas.Select(schema => schema.Key).Where(differing.Contains).ToList())
                {
                    schemas.Remove(name, out var schema);
                    schemas[Pascal(service) + name] = schema;
                }
        }

        foreach (var namesakes in parts
            .SelectMany(part => Operations(part.Document).Select(operation => (part.Service, Operation: operation)))
            .Where(entry => entry.Operation["operationId"] is JsonValue)
            .GroupBy(entry => (string)entry.Operation["operationId"]!)
            .Where(group => group.Count() > 1))
            foreach (var (service, operation) in namesakes)
                operation["operationId"] = Pascal(service) + namesakes.Key;
    }

    static IEnumerable<JsonObject> Operations(JsonObject document) =>
        (document["paths"] as JsonObject ?? [])
        .SelectMany(path => path.Value as JsonObject ?? [])
        .Select(operation => operation.Value)
        .OfType<JsonObject>();

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Value is JsonValue text && Name(text) is { } name ? [name] : References(member.Value)),
        JsonArray elements => elements.SelectMany(References),
        _ => [],
    };

    static void Rename(JsonNode? node, Func<string, string> rename)
    {
        if (node is JsonObject members)
            foreach (var (key, value) in members.ToList())
                if (value is JsonValue text && Name(text) is { } name)
                    members[key] = SchemaPointer + rename(name);
                else
                    Rename(value, rename);
        else if (node is JsonArray elements)
            foreach (var element in elements)
                Rename(element, rename);
    }

    // A $ref, or an entry of a discriminator's mapping.
    static string? Name(JsonValue value) =>
        value.TryGetValue(out string? text) && text.StartsWith(SchemaPointer, StringComparison.Ordinal) ? text[SchemaPointer.Length..] : null;

    static JsonObject Components(List<JsonObject> documents)
    {
        var components = new JsonObject();
        foreach (var kind in documents.SelectMany(document => document["components"] as JsonObject ?? []).Select(kind => kind.Key).Distinct().ToList())
            components[kind] = Sorted(Union(documents.Select(document => document["components"]?[kind])));
        return components;
    }

    static JsonArray Tags(List<JsonObject> documents)
    {
        var used = documents.SelectMany(Operations)
            .SelectMany(operation => operation["tags"] as JsonArray ?? [])
            .Select(tag => (string?)tag)
            .ToHashSet();
        return
        [
            .. documents
                .SelectMany(document => document["tags"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .DistinctBy(tag => (string?)tag["name"])
                .Where(tag => used.Contains((string?)tag["name"]))
                .Select(tag => tag.DeepClone()),
        ];
    }

    /// <summary>Members of all; where two have one of the same name and both are objects, the two become one.</summary>
    static JsonObject Union(IEnumerable<JsonNode?> nodes)
    {
        var union = new JsonObject();
        foreach (var (name, value) in nodes.OfType<JsonObject>().SelectMany(node => node))
            if (union[name] is not JsonObject known)
                union[name] = value?.DeepClone();
            else if (!JsonNode.DeepEquals(known, value))
                union[name] = Union([known, value]);
        return union;
    }

    static JsonObject Sorted(JsonObject members) =>
        new(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    static string Pascal(string service) => string.Concat(service.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
