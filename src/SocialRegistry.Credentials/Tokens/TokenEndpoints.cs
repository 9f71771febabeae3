using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace SocialRegistry.Credentials.Tokens;

internal static class TokenEndpoints
{
    public const string TokenPath = "/credentials/token";
    public const string NoncePath = "/credentials/nonce";

    private const string FormType = "application/x-www-form-urlencoded";
    private const int MaxBytes = 16 * 1024;
    private const int MaxParameters = 20;
    private const int MaxValue = 8 * 1024;

    /// <summary>Anonymous: the code in the request is the authorization; a nonce is worth nothing by itself.</summary>
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(TokenPath, TokenAsync)
            .WithSummary("An access token for a pre-authorized code (OpenID4VCI 1.0 §6)")
            .Accepts<WalletTokenRequest>(FormType)
            .Produces<WalletTokenResponse>()
            .Produces<WalletError>(StatusCodes.Status400BadRequest)
            .Produces<WalletError>(StatusCodes.Status413PayloadTooLarge);
        // Other content types meet the same handler, so that they are refused in the form of RFC 6749 too.
        routes.MapPost(TokenPath, TokenAsync).ExcludeFromDescription();
        routes
            .MapPost(NoncePath, Nonce)
            .WithSummary("A nonce for key proofs (OpenID4VCI 1.0 §7)")
            .Produces<NonceResponse>();
    }

    private static IResult Nonce(HttpContext context, [FromServices] Nonces nonces)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new NonceResponse { Nonce = nonces.New(), NonceExpiresIn = nonces.ExpiresIn });
    }

    private static async Task<IResult> TokenAsync(
        HttpContext context,
        [FromServices] RedeemOffer redeem,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        var request = await ReadAsync(context.Request, cancellationToken);
        if (request.Failed)
        {
            return Refuse(request.Error!);
        }

        var answer = await redeem.HandleAsync(request.Value, cancellationToken);
        return answer.Failed ? Refuse(answer.Error!) : TypedResults.Ok(answer.Value);
    }

    private static IResult Refuse(WalletError error) => TypedResults.Json(error, statusCode: error.Status);

    private static async Task<WalletOutcome<WalletTokenRequest>> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase)
        )
        {
            return WalletError.InvalidRequest("Send the parameters as application/x-www-form-urlencoded.");
        }

        if (await WalletBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } body)
        {
            return WalletError.Of(
                "invalid_request",
                "The body is larger than 16 KiB.",
                StatusCodes.Status413PayloadTooLarge
            );
        }

        return await ParseAsync(body, cancellationToken) is { } form
            ? Read(form)
            : WalletError.InvalidRequest("The form could not be read, or has too many or too long parameters.");
    }

    private static async Task<Dictionary<string, Microsoft.Extensions.Primitives.StringValues>?> ParseAsync(
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var reader = new FormReader(new MemoryStream(body), new UTF8Encoding(false, true))
            {
                ValueCountLimit = MaxParameters,
                KeyLengthLimit = 200,
                ValueLengthLimit = MaxValue,
            };
            return await reader.ReadFormAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException or IOException)
        {
            return null;
        }
    }

    private static WalletOutcome<WalletTokenRequest> Read(
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> form
    )
    {
        // RFC 6749 §3.2: no parameter twice; one without a value counts as left out.
        if (form.Values.Any(values => values.Count > 1))
        {
            return WalletError.InvalidRequest("A parameter was sent twice.");
        }

        if (Value("grant_type") is not { } grant)
        {
            return WalletError.InvalidRequest("grant_type is missing.");
        }

        if (grant != WalletTokenRequest.PreAuthorizedCode)
        {
            return WalletError.Of(
                "unsupported_grant_type",
                "Only urn:ietf:params:oauth:grant-type:pre-authorized_code is granted here."
            );
        }

        if (Value("pre-authorized_code") is not { } code)
        {
            return WalletError.InvalidRequest("pre-authorized_code is missing.");
        }

        return new WalletTokenRequest
        {
            GrantType = grant,
            Code = code,
            // Drafts before 13 called it user_pin.
            TxCode = Value("tx_code") ?? Value("user_pin"),
            AuthorizationDetails = Value("authorization_details"),
        };

        string? Value(string name) =>
            form.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;
    }
}
