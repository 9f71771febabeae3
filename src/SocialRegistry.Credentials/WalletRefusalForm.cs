using Microsoft.AspNetCore.Http;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Credentials;

/// <summary>Refusals that are decided before a wallet's request is looked at, such as a rate limit, in the form that wallets read.</summary>
internal sealed class WalletRefusalForm : IRefusalForm
{
    public Task WriteAsync(HttpContext context, Problem problem, CancellationToken cancellationToken) =>
        context.Response.WriteAsJsonAsync(
            WalletError.Of(
                problem.Kind is ProblemKind.TooMany or ProblemKind.Unavailable
                    ? "temporarily_unavailable"
                    : "invalid_request",
                problem.Kind == ProblemKind.TooMany ? "Too many requests. Try again later." : "The request is refused."
            ),
            cancellationToken
        );
}
