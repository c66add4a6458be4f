using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MiStore.ServiceDefaults;

/// <summary>How our documents describe what JSON Schema cannot guess from the C# types.</summary>
static class OpenApiConventions
{
    public static void Apply(OpenApiOptions options)
    {
        // Each use case has its own Request; in one document, and in the gateway's merged one, each needs its own name.
        options.CreateSchemaReferenceId = type =>
            OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id && type.Type.DeclaringType is { } useCase
                ? useCase.Name + id
                : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

        // What asks for a sign-in says so, and that it may be refused: 401 without a token, 403 with another role's.
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any() && context.Document is { } document)
            {
                document.AddComponent("operator", new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "A token with the role store-operator; in development POST /api/dev/token hands them out.",
                });
                operation.Security = [new() { [new OpenApiSecuritySchemeReference("operator", document)] = [] }];
                operation.Responses ??= [];
                operation.Responses.TryAdd("401", new OpenApiResponse { Description = "Unauthorized" });
                operation.Responses.TryAdd("403", new OpenApiResponse { Description = "Forbidden" });
            }

            return Task.CompletedTask;
        });

        // What the doc comments say of the use case and of its parameters.
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault() is not { DeclaringType: { } useCase } handler)
                return Task.CompletedTask;

            operation.Description ??= DocComments.Of(useCase);
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
                parameter.Description ??= DocComments.Of(handler, parameter.Name!);
            return Task.CompletedTask;
        });

        // What they say of the values that go in and come out.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonPropertyInfo is not { } member)
                schema.Description ??= DocComments.Of(context.JsonTypeInfo.Type);
            else if (member.AttributeProvider is not PropertyInfo property || DocComments.Of(property) is not { } words)
                return Task.CompletedTask;
            else if (schema.Metadata is { } metadata && metadata.TryGetValue("x-schema-id", out var id) && id is string { Length: > 0 })
                // A reference: the words belong to this use of the type, not to the type.
                metadata["x-ref-description"] = words;
            else
                schema.Description = words;
            return Task.CompletedTask;
        });

        // Values with a JSON converter of their own would show as "anything".
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = context.JsonTypeInfo.Type;
            var value = Nullable.GetUnderlyingType(type) ?? type;
            var orNull = value == type ? 0 : JsonSchemaType.Null;

            if (value.Name == "Money")
            {
                schema.Type = JsonSchemaType.Object;
                schema.Required = new HashSet<string> { "amount", "currency" };
                schema.Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["amount"] = Text("With the currency's own number of decimals, such as 14.99."),
                    ["currency"] = Text("ISO 4217."),
                };
            }
            else if (value == typeof(DateTimeOffset))
            {
                schema.Type = JsonSchemaType.String | orNull;
                schema.Format = "date-time";
            }
            else if (value.IsEnum)
            {
                schema.Type = JsonSchemaType.String;
            }

            return Task.CompletedTask;
        });
    }

    static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
