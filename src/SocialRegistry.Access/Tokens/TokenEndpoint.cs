using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Access.Partners;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.RateLimits;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Tokens;

/// <summary><c>POST /oauth2/client/token</c>: client credentials (RFC 6749 §4.4) for partners.</summary>
internal sealed partial class TokenEndpoint(
    IDbContextFactory<AccessDbContext> contexts,
    PartnerSecrets secrets,
    ClientAssertions assertions,
    AccessTokens tokens,
    TokenFailures failures,
    TimeProvider time,
    ILogger<TokenEndpoint> logger
)
{
    public const string Path = "/oauth2/client/token";

    private const int MaxId = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Reason = "The request authenticates itself by secret or assertion; there is no token yet.";
        routes
            .MapPost(Path, AnswerAsync)
            .AllowEverybody(Reason)
            .WithTags("Tokens")
            .WithSummary("A token for a partner (OAuth 2.0 client credentials)")
            .Accepts<TokenRequest>(TokenParameters.Form, TokenParameters.Json)
            .Produces<TokenResponse>()
            .Produces<OAuthError>(StatusCodes.Status400BadRequest)
            .Produces<OAuthError>(StatusCodes.Status401Unauthorized)
            .Produces<OAuthError>(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithMetadata(new OAuthRefusalForm());
        // Other content types meet the same handler, so that they are refused in the form of RFC 6749 too.
        routes
            .MapPost(Path, AnswerAsync)
            .AllowEverybody(Reason)
            .ExcludeFromDescription()
            .WithMetadata(new OAuthRefusalForm());
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        [FromServices] TokenEndpoint endpoint,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        return await endpoint.HandleAsync(context, cancellationToken);
    }

    private async Task<IResult> HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (parameters, unreadable) = await TokenParameters.ReadAsync(context.Request, cancellationToken);
        if (unreadable is not null)
        {
            return Refuse(context, unreadable);
        }

        if (!parameters.TryGetValue("grant_type", out var grant))
        {
            return Refuse(context, OAuthError.InvalidRequest("grant_type is missing."));
        }

        if (grant != "client_credentials")
        {
            return Refuse(context, OAuthError.UnsupportedGrant);
        }

        var (claim, misread) = ClientClaim.Read(context.Request.Headers.Authorization, parameters);
        if (failures.Wait(context, claim?.ClientId) is { } wait)
        {
            return new TooManyFailures(wait);
        }

        if (claim is null)
        {
            if (misread == OAuthError.InvalidClient)
            {
                failures.Count(context, null);
            }

            return Refuse(context, misread!);
        }

        if (await AuthenticateAsync(claim, cancellationToken) is not { } partner)
        {
            failures.Count(context, claim.ClientId);
            Log.Refused(logger, context.TraceIdentifier);
            return Refuse(context, OAuthError.InvalidClient);
        }

        if (TokenScopes.Grant(parameters.GetValueOrDefault("scope"), partner.Scopes) is not { } scopes)
        {
            return Refuse(context, OAuthError.InvalidScope);
        }

        Log.Issued(logger, partner.Id, scopes.Count);
        return TypedResults.Ok(
            new TokenResponse
            {
                AccessToken = tokens.Issue(partner.Id, scopes),
                ExpiresIn = (int)AccessTokens.Lifetime.TotalSeconds,
                Scope = string.Join(' ', scopes),
            }
        );
    }

    /// <summary>The active partner that proved who it is. One query and one hash, whether it exists or not.</summary>
    private async Task<Partner?> AuthenticateAsync(ClientClaim claim, CancellationToken cancellationToken)
    {
        Partner? partner = null;
        if (PlainText.Is(claim.ClientId, MaxId))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            partner = await db
                .Partners.AsNoTracking()
                .SingleOrDefaultAsync(p => p.Id == claim.ClientId, cancellationToken);
        }

        if (claim.Assertion is { } assertion)
        {
            return partner is { IsActive: true } && await assertions.AcceptAsync(partner, assertion, cancellationToken)
                ? partner
                : null;
        }

        var proved = secrets.Matches(
            partner?.SecretHash,
            claim.Secret is { Length: <= PartnerSecrets.MaxLength } secret ? secret : "",
            partner?.PreviousSecret(time.GetUtcNow())
        );
        return proved && partner is { IsActive: true } ? partner : null;
    }

    private static JsonHttpResult<OAuthError> Refuse(HttpContext context, OAuthError error)
    {
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"social-registry\", charset=\"UTF-8\"";
        }

        return TypedResults.Json(error, statusCode: error.Status);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 6001,
            Level = LogLevel.Information,
            Message = "Token issued to {Partner} with {Scopes} scopes"
        )]
        public static partial void Issued(ILogger logger, string partner, int scopes);

        // The client id was sent by somebody unproven; it may be a mistyped secret, so it is not logged.
        [LoggerMessage(
            EventId = 6002,
            Level = LogLevel.Warning,
            Message = "Client authentication refused in request {RequestId}"
        )]
        public static partial void Refused(ILogger logger, string requestId);
    }
}
