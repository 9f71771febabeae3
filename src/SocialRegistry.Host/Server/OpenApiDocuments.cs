using Microsoft.OpenApi;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Server;

/// <summary>The OpenAPI document <c>/openapi/v1.json</c> and its page <c>/swagger</c>, both from the routes themselves.</summary>
internal static class OpenApiDocuments
{
    public const string Version = "v1";

    public static void AddOpenApiDocuments(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(
                Version,
                new OpenApiInfo
                {
                    Title = "Social Registry",
                    Version = Version,
                    Description =
                        "The registry of persons and households, the DCI gateway to it, and the issuer of credentials over its attested fields.",
                    License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
                }
            );
            options.AddSecurityDefinition(
                "bearer",
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "A token from POST /oauth2/client/token.",
                }
            );
            options.AddSecurityDefinition(
                "session",
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Cookie,
                    Name = "social-registry-session",
                    Description =
                        "The cookie of POST /api/v1/session; writes also send its `csrf` as X-CSRF-Token. Behind HTTPS its name begins with `__Host-`.",
                }
            );
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference("bearer", document)] = [],
            });
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference("session", document)] = [],
            });
            options.MapType<PartialDate>(() =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
                    Description = "A date as exact as it is known: a day, a month or a year.",
                    Examples = [System.Text.Json.Nodes.JsonValue.Create("2026-03")],
                }
            );
            options.MapType<DocumentId>(() =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Format = "uuid",
                    Description = "Id of a document of the record.",
                }
            );
            options.OperationFilter<DocumentedOperations>();
            options.OperationFilter<DocumentedAnswers>();
            options.DocumentFilter<DocumentedProblems>();
            options.DocumentAsyncFilter<DocumentedValues>();
            options.SupportNonNullableReferenceTypes();
            options.CustomSchemaIds(type => type.FriendlyId());
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "SocialRegistry.*.xml"))
            {
                options.IncludeXmlComments(file);
            }
        });
    }

    public static void UseOpenApiDocuments(this WebApplication app)
    {
        app.UseSwagger(options =>
        {
            options.RouteTemplate = "/openapi/{documentName}.json";
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        });
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.SwaggerEndpoint("/openapi/v1.json", "Social Registry v1");
        });
    }

    /// <summary>The type's name; those of a standard carry its name in front, since they are spelled as the standard spells them.</summary>
    private static string FriendlyId(this Type type)
    {
        var name = type.IsGenericType
            ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
                + "Of"
                + string.Concat(type.GetGenericArguments().Select(FriendlyId))
            : type.Name;
        return type.Namespace?.StartsWith("SocialRegistry.Standards.Dci", StringComparison.Ordinal) == true
            ? "Dci" + name
            : name;
    }
}
