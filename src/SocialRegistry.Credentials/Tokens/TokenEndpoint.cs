using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>The token endpoint for wallets (OpenID4VCI 1.0 §6): the pre-authorized code only, clients need no account.</summary>
internal static class TokenEndpoint
{
    private const int MaxBytes = 16 * 1024;

    public static void MapToken(this IEndpointRouteBuilder routes) =>
        // Anonymous: the code of the offer, and the citizen's transaction code, are what is checked here.
        routes
            .MapPost("/credentials/token", PostToken)
            .AllowAnonymous()
            .WithSummary("Exchange a pre-authorized code for an access token")
            .Accepts<TokenRequestForm>("application/x-www-form-urlencoded")
            .Produces<TokenAnswer>()
            .Produces<WalletErrorAnswer>(StatusCodes.Status400BadRequest)
            .Produces<WalletErrorAnswer>(StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> PostToken(
        HttpContext context,
        RedeemCode redeem,
        CancellationToken cancellationToken
    )
    {
        context.NoStore();
        var body = await BoundedBody.ReadAsync(context.Request, MaxBytes, cancellationToken);
        if (body is null)
        {
            return Answers.Refuse(new WalletError("invalid_request", "The request is too large.", 413));
        }

        var request = TokenRequest.Read(context.Request.ContentType, body);
        if (request.Error is { } malformed)
        {
            return Answers.Refuse(malformed);
        }

        var redeemed = await redeem.HandleAsync(request.Value!, cancellationToken);
        return redeemed.Error is { } refused ? Answers.Refuse(refused) : Answers.Json(redeemed.Value);
    }
}
