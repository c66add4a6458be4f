using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.OpenApi;
using MiStore.Gateway.Proxy;
using MiStore.Gateway.Shelf;
using Yarp.ReverseProxy;

namespace MiStore.Gateway.Docs;

/// <summary>The reference of the whole API as one document, in the words of the services that are up.</summary>
public static class GetDocument
{
    const string Gateway = "gateway";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // A crowd that reads it does not ask every service each time.
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    public static void MapDocument(this WebApplication app) => app
        .MapGet("/openapi/v1.json", Handle)
        .WithMetadata(new OnShelf())
        .ExcludeFromDescription();

    static async Task<IResult> Handle(
        HttpRequest request, Services services, IProxyStateLookup proxy,
        [FromKeyedServices("v1")] IOpenApiDocumentProvider own, CancellationToken cancellation)
    {
        var theirs = await Task.WhenAll(services.Names.Select(async service =>
            new MergedDocument.Part(service, await services.Read(service, "/openapi/v1.json", Patience, cancellation))));
        var ours = new MergedDocument.Part(Gateway, await Describe(own, cancellation));

        // What is not routed is not public, whatever a service says about itself.
        var routes = proxy.GetRoutes().ToLookup(
            route => route.Config.ClusterId,
            route => new TemplateMatcher(TemplateParser.Parse(route.Config.Match.Path!.TrimStart('/')), []));
        request.HttpContext.Features.Set(new SharedAge(Kept));
        return Results.Json(MergedDocument.Of(
            [.. theirs, ours], $"{request.Scheme}://{request.Host}",
            (service, path) => service == Gateway || routes[service].Any(route => route.TryMatch(path, []))));
    }

    static async Task<JsonNode?> Describe(IOpenApiDocumentProvider own, CancellationToken cancellation)
    {
        var document = await own.GetOpenApiDocumentAsync(cancellation);
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation));
    }
}
