using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Credentials.Tokens;
using SocialRegistry.Credentials.Types;
using SocialRegistry.Http;

namespace SocialRegistry.Credentials.Discovery;

/// <summary>What strangers read to find their way. Anonymous: nothing here is about a person.</summary>
internal static class DiscoveryEndpoints
{
    private const string WellKnown = "/.well-known/";
    private const int MaxAgeSeconds = 300;

    /// <param name="suffix">Behind the well-known name: empty, or the public address's path (OpenID4VCI 1.0 §12.2.2, RFC 8414 §3.1).</param>
    public static void MapDiscovery(this IEndpointRouteBuilder routes, string suffix)
    {
        routes
            .MapGet(WellKnown + "openid-credential-issuer" + suffix, IssuerAsync)
            .WithSummary("Credential issuer metadata (OpenID4VCI 1.0 §12.2)");
        routes
            .MapGet(WellKnown + "oauth-authorization-server" + suffix, AuthorizationServer)
            .WithSummary("Authorization server metadata for wallets (RFC 8414)");
        // Older wallets look for the same document here.
        routes.MapGet(WellKnown + "openid-configuration" + suffix, AuthorizationServer).ExcludeFromDescription();
        routes
            .MapGet(WellKnown + "jwt-vc-issuer" + suffix, JwtVcIssuer)
            .WithSummary("Keys of SD-JWT credentials (SD-JWT VC)");
        routes
            .MapGet(WellKnown + "jwks.json" + suffix, KeySet)
            .WithSummary("Public keys of this deployment (RFC 7517)");
        routes
            .MapGet(WellKnown + "did.json" + suffix, DidDocument)
            .Produces<JsonObject>(StatusCodes.Status200OK, "application/did+json")
            .WithSummary("The did:web document of the issuer");
    }

    /// <summary>What stands at names of its own: the type metadata, and the DID document of an address with a path.</summary>
    public static void MapNamed(this IEndpointRouteBuilder routes, IssuerIdentity issuer)
    {
        routes
            .MapGet(IssuerIdentity.TypePath + "{type}", TypeAsync)
            .WithSummary("Type metadata of a credential (SD-JWT VC)")
            .ProducesProblem(StatusCodes.Status404NotFound);
        if (issuer.Path.Length > 0)
        {
            routes.MapGet("/did.json", DidDocument).ExcludeFromDescription();
        }
    }

    private static async Task<Ok<JsonObject>> IssuerAsync(
        HttpContext context,
        [FromServices] IssuerMetadata metadata,
        CancellationToken cancellationToken
    )
    {
        Cache(context);
        return TypedResults.Ok(await metadata.WriteAsync(cancellationToken));
    }

    private static Ok<JsonObject> AuthorizationServer(HttpContext context, [FromServices] IssuerIdentity issuer)
    {
        Cache(context);
        return TypedResults.Ok(
            new JsonObject
            {
                ["issuer"] = issuer.Url,
                ["token_endpoint"] = issuer.Url + TokenEndpoints.TokenPath,
                ["jwks_uri"] = issuer.Url + WellKnown + "jwks.json",
                ["response_types_supported"] = new JsonArray(),
                ["grant_types_supported"] = new JsonArray(WalletTokenRequest.PreAuthorizedCode),
                ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
                ["authorization_details_types_supported"] = new JsonArray(AuthorizationDetails.Type),
                ["pre-authorized_grant_anonymous_access_supported"] = true,
            }
        );
    }

    private static Ok<JsonObject> KeySet(HttpContext context, [FromServices] IssuerKeys keys)
    {
        Cache(context);
        return TypedResults.Ok(keys.KeySet());
    }

    private static Ok<JsonObject> JwtVcIssuer(HttpContext context, [FromServices] IssuerKeys keys)
    {
        Cache(context);
        return TypedResults.Ok(keys.JwtVcIssuer());
    }

    private static JsonHttpResult<JsonObject> DidDocument(HttpContext context, [FromServices] IssuerKeys keys)
    {
        Cache(context);
        return TypedResults.Json(keys.DidDocument(), contentType: "application/did+json");
    }

    private static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> TypeAsync(
        string type,
        HttpContext context,
        [FromServices] CredentialTypes types,
        [FromServices] TypeMetadata metadata,
        CancellationToken cancellationToken
    )
    {
        if (types.Type(type) is not { } known)
        {
            return Problem.NotFound("credentials.type_unknown", "There is no such credential type.").ToHttp();
        }

        Cache(context);
        return TypedResults.Ok(await metadata.WriteAsync(known, cancellationToken));
    }

    private static void Cache(HttpContext context) =>
        context.Response.Headers.CacheControl = $"public, max-age={MaxAgeSeconds}";
}
