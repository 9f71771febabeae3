using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using SocialRegistry.Credentials.Nonces;
using SocialRegistry.Credentials.Protocol;
using SocialRegistry.Credentials.Tokens;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>The credential endpoint (OpenID4VCI 1.0 §8).</summary>
internal static class CredentialEndpoint
{
    private const int MaxBytes = 128 * 1024;

    public static void MapCredential(this IEndpointRouteBuilder routes) =>
        // Anonymous for the accounts of this server: the wallet's access token is checked here, in the standard's own error form.
        routes
            .MapPost("/credentials/credential", PostCredential)
            .AllowAnonymous()
            .WithSummary("Fetch credentials, one for each key proof, with the access token of the token endpoint")
            .Accepts<CredentialRequestBody>("application/json")
            .Produces<CredentialAnswer>()
            .Produces<WalletErrorAnswer>(StatusCodes.Status400BadRequest)
            .Produces<WalletErrorAnswer>(StatusCodes.Status401Unauthorized)
            .Produces<WalletErrorAnswer>(StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> PostCredential(
        HttpContext context,
        AccessTokens tokens,
        IssueCredentials issue,
        NonceMint nonces,
        IOptions<CredentialsOptions> options,
        CancellationToken cancellationToken
    )
    {
        context.NoStore();
        var (offer, challenge) = await tokens.FindAsync(context.Request, cancellationToken);
        if (offer is null)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
            return Answers.Refuse(WalletError.InvalidToken("The access token is missing, unknown or has expired."));
        }

        if (!context.Request.HasJsonContentType())
        {
            return Answers.Refuse(WalletError.InvalidCredentialRequest("Send the request as application/json."));
        }

        var body = await BoundedBody.ReadAsync(context.Request, MaxBytes, cancellationToken);
        if (body is null)
        {
            return Answers.Refuse(WalletError.InvalidCredentialRequest("The request is too large.", 413));
        }

        var request = CredentialRequest.Read(body, options.Value.BatchSize);
        if (request.Error is { } malformed)
        {
            return Answers.Refuse(malformed);
        }

        var issued = await issue.HandleAsync(request.Value!, offer, cancellationToken);
        if (issued.Error is { } refused)
        {
            return Refuse(refused, request.Value!.IsDraft, nonces);
        }

        var isDraft = request.Value!.IsDraft;
        return Answers.Json(
            new CredentialAnswer(
                [.. issued.Value!.Credentials.Select(credential => new CredentialItem(credential))],
                isDraft ? issued.Value.Credentials[0] : null,
                isDraft ? issued.Value.Format : null,
                nonces.New(),
                nonces.LifeSeconds
            )
        );
    }

    /// <summary>Wallets of drafts up to 13 know no <c>invalid_nonce</c>: they try again with the nonce of an <c>invalid_proof</c>.</summary>
    private static IResult Refuse(WalletError error, bool isDraft, NonceMint nonces) =>
        isDraft && error.Error is ("invalid_nonce" or "invalid_proof")
            ? Answers.Json(
                new WalletErrorAnswer("invalid_proof", error.Description, nonces.New(), nonces.LifeSeconds),
                error.Status
            )
            : Answers.Refuse(error);
}
