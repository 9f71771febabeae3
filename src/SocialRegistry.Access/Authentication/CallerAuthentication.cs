using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Access.Tokens;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Authentication;

/// <summary>
/// Finds the caller: a partner by its bearer token (RFC 6750), staff or a person by the session cookie. A bearer token wins over a cookie.
/// Routes that are open to everybody are not looked at, so that wallets may bring tokens of their own.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessTokens tokens,
    IPartners partners,
    SessionStore sessions,
    SessionCookie cookie
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "SocialRegistry";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return AuthenticateResult.NoResult();
        }

        var headers = Request.Headers.Authorization;
        if (headers.Count > 0)
        {
            return
                headers is [{ } header]
                && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                && await FindPartnerAsync(header[Bearer.Length..].Trim()) is { } partner
                ? Success(partner)
                : AuthenticateResult.Fail("token");
        }

        if (cookie.Read(Context) is { } token)
        {
            return await sessions.FindAsync(token, Context.RequestAborted) is { } session
                ? Success(FromSession(session))
                : AuthenticateResult.Fail("session");
        }

        return AuthenticateResult.NoResult();
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (result.Failure is null)
        {
            Response.Headers.WWWAuthenticate = "Bearer realm=\"social-registry\"";
            await RefuseAsync(
                "access.token_missing",
                "Send a bearer token from POST /oauth2/client/token, or sign in."
            );
        }
        else if (Request.Headers.Authorization.Count > 0)
        {
            Response.Headers.WWWAuthenticate =
                "Bearer realm=\"social-registry\", error=\"invalid_token\", error_description=\"The token is not valid here, or has expired.\"";
            await RefuseAsync(
                "access.token_invalid",
                "The token is not valid here, or has expired. Ask for a new one at POST /oauth2/client/token."
            );
        }
        else
        {
            Response.Headers.WWWAuthenticate = "Bearer realm=\"social-registry\"";
            await RefuseAsync("access.session_over", "The session is over. Sign in again.");
        }
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var feature = Context.Features.Get<CallerFeature>();
        var needed = Context
            .GetEndpoint()
            ?.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Select(data => data.Policy)
            .FirstOrDefault(policy =>
                policy is not null && !feature!.Caller.May(policy) && policy != Policies.SignedIn
            );
        if (feature?.Session is null && needed is not null)
        {
            Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"social-registry\", error=\"insufficient_scope\", scope=\"{needed}\"";
        }

        return Context.RefuseAsync(
            feature?.Session is { PasswordExpired: true } ? SessionProblems.PasswordExpired
            : feature?.Session is { CodesMissing: true } ? SessionProblems.CodesMissing
            : Problem.Forbidden(
                "access.forbidden",
                needed is null ? "This is not open to this caller." : $"This needs the permission {needed}."
            )
        );
    }

    private async Task<CallerFeature?> FindPartnerAsync(string text)
    {
        if (
            tokens.Check(text) is not { } token
            || await partners.FindAsync(token.Partner, Context.RequestAborted) is not { } partner
        )
        {
            return null;
        }

        return new CallerFeature(
            new Caller
            {
                Kind = CallerKind.Partner,
                Id = partner.Id,
                Channel = "api",
                // A scope taken from the partner is gone from its tokens too.
                Permissions = token.Scopes.Where(partner.Scopes.Contains).ToHashSet(),
                Roles = new HashSet<string> { "partner:" + partner.Id },
                Fields = partner.Attributes,
                Filters = partner.Filters,
                Rows = partner.Rows,
                Purpose = partner.Purposes is [var only] ? only : null,
                LegalGround = partner.LegalGround,
                Institution = partner.Name,
                ConsentRequired = partner.Consent != PartnerConsent.Off,
                RequestId = Context.TraceIdentifier,
            },
            partner.Purposes
        );
    }

    private CallerFeature FromSession(SignedInSession session) =>
        new(
            new Caller
            {
                Kind = session.Grant.Kind,
                Id = session.User,
                Channel = "api",
                Permissions = session.Permissions,
                Roles = session.Roles.ToHashSet(),
                Fields = session.Grant.Fields,
                Masked = session.Grant.Masked,
                Filters = session.Grant.Filters,
                Rows = Rows(session),
                Purpose = session.Grant.Purposes.FirstOrDefault(),
                RequestId = Context.TraceIdentifier,
                Self = session.Registrant,
            },
            session.Grant.Purposes
        )
        {
            Session = session,
        };

    private static RowScope Rows(SignedInSession session) =>
        session.Areas.Count == 0 && session.Grant.Population is null
            ? RowScope.All
            : new RowScope
            {
                Population = session.Grant.Population,
                Areas = session.Areas.Count == 0 ? null : session.Areas.ToHashSet(),
            };

    private AuthenticateResult Success(CallerFeature feature)
    {
        Context.Features.Set(feature);
        Context.Features.Set<ICallerFeature>(feature);
        var identity = new ClaimsIdentity(
            feature.Caller.Permissions.Select(permission => new Claim(Policies.PermissionClaim, permission)),
            SchemeName
        );
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private Task RefuseAsync(string code, string detail) =>
        Context.RefuseAsync(new Problem(code, ProblemKind.Unauthenticated, detail));
}
