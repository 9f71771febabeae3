using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Keys;

/// <summary>A public key of the deployment.</summary>
/// <param name="Purpose">What its private half signs: <c>tokenSigning</c>, <c>internalCalls</c>, <c>credentialEs256</c>, <c>credentialEdDsa</c>, <c>messageSigning</c> or <c>logSigning</c>.</param>
/// <param name="KeyId">RFC 7638 thumbprint.</param>
/// <param name="Active">True for the one that signs now; with the others, signatures may still be checked.</param>
public sealed record KeyResponse(string Purpose, string? KeyId, bool Active);

/// <summary><c>GET /api/v1/keys</c>. Exporting and importing keys is done on the server (<c>socialregistry keys</c>).</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/keys", List)
            .WithTags("Keys")
            .RequireAuthorization(Permissions.ManageKeys)
            .WithSummary("The keys the deployment signs with, by purpose; public halves' ids only")
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(429);

    private static Ok<Page<KeyResponse>> List([FromServices] IKeyRing keys) =>
        TypedResults.Ok(
            new Page<KeyResponse>(
                [
                    .. Enum.GetValues<KeyPurpose>()
                        .SelectMany(purpose =>
                            keys.PublicKeys(purpose)
                                .Select(
                                    (key, index) =>
                                        new KeyResponse(
                                            JsonNamingPolicy.CamelCase.ConvertName(purpose.ToString()),
                                            key.Kid,
                                            index == 0
                                        )
                                )
                        ),
                ],
                null
            )
        );
}
