using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Tokens;

namespace SocialRegistry.Credentials.Issuing;

internal static class CredentialEndpoint
{
    public const string Path = "/credentials/credential";

    private const int MaxBytes = 128 * 1024;
    private const int MaxToken = 200;
    private const string Bearer = "Bearer ";

    /// <summary>Anonymous to the registry's own accounts: the wallet's token of the token endpoint is checked here.</summary>
    public static void MapCredential(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(Path, HandleAsync)
            .WithSummary("Credentials for a wallet (OpenID4VCI 1.0 §8)")
            .WithDescription("Authorization: `Bearer` with the access token of `POST /credentials/token`.")
            .Accepts<CredentialRequestBody>("application/json")
            .Produces<CredentialResponse>()
            .Produces<WalletError>(StatusCodes.Status400BadRequest)
            .Produces<WalletError>(StatusCodes.Status401Unauthorized)
            .Produces<WalletError>(StatusCodes.Status413PayloadTooLarge);
        // Other content types meet the same handler, so that they are refused in the form of OpenID4VCI too.
        routes.MapPost(Path, HandleAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        [FromServices] IDbContextFactory<CredentialsDbContext> contexts,
        [FromServices] CredentialSecrets secrets,
        [FromServices] IssueCredentials issue,
        [FromServices] IOptions<CredentialsOptions> options,
        [FromServices] TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Headers.Authorization.Count == 0)
        {
            // RFC 6750 §3.1: no error code to one who brought no token.
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"credentials\"";
            return Refuse(WalletError.InvalidToken);
        }

        if (await FindAsync(context.Request, contexts, secrets, time, cancellationToken) is not { } grant)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"credentials\", error=\"invalid_token\"";
            return Refuse(WalletError.InvalidToken);
        }

        var request = await ReadAsync(context.Request, options.Value.BatchSize, cancellationToken);
        if (request.Failed)
        {
            return Refuse(request.Error!);
        }

        var answer = await issue.HandleAsync(request.Value, grant, context.TraceIdentifier, cancellationToken);
        return answer.Failed ? Refuse(answer.Error!) : TypedResults.Ok(answer.Value);
    }

    private static async Task<Grant?> FindAsync(
        HttpRequest request,
        IDbContextFactory<CredentialsDbContext> contexts,
        CredentialSecrets secrets,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (
            request.Headers.Authorization is not [{ } header]
            || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || header.Length > MaxToken
        )
        {
            return null;
        }

        var hash = secrets.TokenHash(header[Bearer.Length..].Trim());
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Grants.AsNoTracking()
            .SingleOrDefaultAsync(g => g.TokenHash == hash && g.ExpiresAt > now, cancellationToken);
    }

    private static async Task<WalletOutcome<CredentialRequest>> ReadAsync(
        HttpRequest request,
        int batchSize,
        CancellationToken cancellationToken
    )
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsJson(type))
        {
            return type?.MediaType.Value == "application/jwt"
                ? WalletError.Of("invalid_encryption_parameters", "Encrypted requests are not taken here.")
                : WalletError.InvalidCredentialRequest("Send application/json.");
        }

        if (await WalletBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } body)
        {
            return WalletError.Of(
                "invalid_credential_request",
                "The body is larger than 128 KiB.",
                StatusCodes.Status413PayloadTooLarge
            );
        }

        using var document = WalletBody.ParseObject(body);
        return document is null
            ? WalletError.InvalidCredentialRequest(
                "The body is not a JSON object, is nested too deep, or has a member twice."
            )
            : CredentialRequest.Read(document.RootElement, batchSize);
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static IResult Refuse(WalletError error) => TypedResults.Json(error, statusCode: error.Status);
}
