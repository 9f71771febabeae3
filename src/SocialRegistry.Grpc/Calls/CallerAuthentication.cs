using System.Security.Claims;
using System.Text.Encodings.Web;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Calls;

/// <summary>
/// The caller token as an authentication scheme. A scheme and not a gRPC interceptor, because it stands before everything:
/// nothing of a message is read without a token, and the answers for unknown methods lie behind it too.
/// </summary>
internal sealed partial class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    CallerTokens tokens
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "caller-token";

    /// <summary>A caller by token, and by no other scheme of the process.</summary>
    public static AuthorizationPolicy Policy { get; } =
        new AuthorizationPolicyBuilder(SchemeName).RequireAuthenticatedUser().Build();

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string bearer = "Bearer ";
        var headers = Request.Headers.Authorization;
        if (headers.Count != 1 || headers[0] is not { } header || !header.StartsWith(bearer, StringComparison.Ordinal))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var (caller, refusal) = tokens.Check(header[bearer.Length..]);
        if (caller is null)
        {
            Log.Refused(Logger, refusal.GetValueOrDefault());
            return Task.FromResult(AuthenticateResult.Fail("The caller token was refused."));
        }

        Context.Features.Set(new CallerFeature(caller));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Id)], SchemeName);
        return Task.FromResult(
            AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName))
        );
    }

    /// <summary>UNAUTHENTICATED in gRPC's own form ("trailers-only"), the same for every cause.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status200OK;
        Response.ContentType = "application/grpc";
        Response.Headers["grpc-status"] = ((int)StatusCode.Unauthenticated).ToString();
        Response.Headers["grpc-message"] = "A caller token that stands is required.";
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "A caller token was refused: {Refusal}")]
        public static partial void Refused(ILogger logger, TokenRefusal refusal);
    }
}

/// <summary>The caller that the token proved.</summary>
internal sealed record CallerFeature(Caller Caller)
{
    /// <summary>Of this call. A call that reached here without a token is a mistake in the pipeline and is refused all the same.</summary>
    public static Caller Of(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<CallerFeature>()?.Caller
        ?? throw new RpcException(new Status(StatusCode.Unauthenticated, "A caller token that stands is required."));
}
