using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Credentials.Verification;

internal static class VerificationEndpoints
{
    public const string Path = "/credentials/verify";

    private const int MaxBytes = CredentialVerifier.MaxLength + 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        MaxDepth = 16,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Anonymous: anybody who was shown a credential may check it, and learns only what it says.</summary>
    public static void MapVerification(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(Path, VerifyAsync)
            .WithSummary("Check a credential of this deployment: signature, dates, issuer")
            .Accepts<VerificationRequest>("application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
    }

    private static async Task<Results<Ok<VerificationReport>, ProblemHttpResult>> VerifyAsync(
        HttpContext context,
        [FromServices] CredentialVerifier verifier,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await WalletBody.ReadAsync(context.Request, MaxBytes, cancellationToken) is not { } body)
        {
            return new Problem(
                "credentials.too_large",
                ProblemKind.TooLarge,
                $"A credential of at most {CredentialVerifier.MaxLength} characters is checked."
            ).ToHttp();
        }

        return Read(body) is { } request
            ? TypedResults.Ok(verifier.Verify(request.VerifiableCredential.Trim()))
            : Problem
                .Invalid(
                    "credentials.request_invalid",
                    "Send a JSON object with the one member verifiableCredential: the credential in its compact form."
                )
                .ToHttp();
    }

    private static VerificationRequest? Read(byte[] body)
    {
        try
        {
            return
                JsonSerializer.Deserialize<VerificationRequest>(body, Json) is { VerifiableCredential: not null } read
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A credential to be checked.</summary>
public sealed record VerificationRequest
{
    /// <summary>Compact form: <c>a.b.c</c> or <c>a.b.c~d~…~</c>.</summary>
    [JsonPropertyName("verifiableCredential")]
    public required string VerifiableCredential { get; init; }
}
