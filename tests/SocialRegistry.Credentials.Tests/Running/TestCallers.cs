using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Credentials.Tests.Running;

/// <summary>Takes the header <c>X-Test-Permissions</c> for a partner with these permissions, as <c>Access</c> takes tokens.</summary>
internal sealed class TestCallers(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Test-Permissions";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var permissions))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var caller = new Caller
        {
            Kind = CallerKind.Partner,
            Id = "programme",
            Channel = "api",
            Permissions = permissions.ToString().Split(' ').ToHashSet(),
            Fields = FieldScope.None,
            Purpose = "testing",
        };
        Context.Features.Set<ICallerFeature>(new Feature(caller));
        var identity = new ClaimsIdentity(
            caller.Permissions.Select(permission => new Claim(Policies.PermissionClaim, permission)),
            "test"
        );
        return Task.FromResult(
            AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), "test"))
        );
    }

    private sealed record Feature(Caller Caller) : ICallerFeature;
}
