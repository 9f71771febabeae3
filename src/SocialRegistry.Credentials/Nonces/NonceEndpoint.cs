using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Nonces;

/// <summary>OpenID4VCI 1.0 §7.</summary>
internal static class NonceEndpoint
{
    public static void MapNonce(this IEndpointRouteBuilder routes) =>
        // Anonymous: the standard asks for no token here, and a nonce alone is worth nothing.
        routes
            .MapPost("/credentials/nonce", PostNonce)
            .AllowAnonymous()
            .WithSummary("A fresh c_nonce for one key proof")
            .Produces<WalletErrorAnswer>(StatusCodes.Status500InternalServerError);

    private static JsonHttpResult<NonceAnswer> PostNonce(HttpContext context, NonceMint nonces)
    {
        context.NoStore();
        return Answers.Json(new NonceAnswer(nonces.New(), nonces.LifeSeconds));
    }
}
