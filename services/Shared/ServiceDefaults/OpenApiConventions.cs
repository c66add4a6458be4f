using Microsoft.AspNetCore.OpenApi;

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

        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Money and other values with a converter of their own would show as "anything".
            if (context.JsonTypeInfo.Type.Name == "Money")
            {
                schema.Type = Microsoft.OpenApi.JsonSchemaType.Object;
                schema.Required = new HashSet<string> { "amount", "currency" };
                schema.Properties = new Dictionary<string, Microsoft.OpenApi.IOpenApiSchema>
                {
                    ["amount"] = new Microsoft.OpenApi.OpenApiSchema
                    {
                        Type = Microsoft.OpenApi.JsonSchemaType.String,
                        Description = "With the currency's own number of decimals, such as 14.99.",
                    },
                    ["currency"] = new Microsoft.OpenApi.OpenApiSchema
                    {
                        Type = Microsoft.OpenApi.JsonSchemaType.String,
                        Description = "ISO 4217.",
                    },
                };
            }

            return Task.CompletedTask;
        });
    }
}
