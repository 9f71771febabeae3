using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Protocol;
using SocialRegistry.Http;

namespace SocialRegistry.Credentials.Offers;

/// <summary>Making an offer is our own API; fetching it is OpenID4VCI 1.0 §4.1.3.</summary>
internal static class OfferEndpoints
{
    private const int MaxBytes = 16 * 1024;

    private static readonly JsonSerializerOptions Strict = new(CredentialJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
    };

    public static void MapOfferMaking(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/v1/credential-offers", PostOffer)
            .RequireAuthorization(Permissions.OfferCredentials)
            .WithTags("Credentials")
            .WithSummary("Offer credentials over a registrant's attested fields to a wallet")
            .Accepts<OfferRequest>("application/json")
            .Produces<OfferMade>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    public static void MapOffers(this IEndpointRouteBuilder routes)
    {
        // Anonymous: a wallet has no account here. The id has 256 random bits, and the offer tells nothing about the person.
        var offers = routes.MapGroup("/credentials/offers/{id}").AllowAnonymous();
        offers
            .MapGet("/", GetOffer)
            .WithSummary("A credential offer by reference")
            .Produces<OfferAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        offers
            .MapGet("/qr", GetQr)
            .WithSummary("The offer as QR code: SVG, or PNG with ?format=png")
            .Produces(StatusCodes.Status200OK, contentType: "image/svg+xml", additionalContentTypes: "image/png")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PostOffer(
        HttpContext context,
        HttpCaller caller,
        CreateOffer create,
        CancellationToken cancellationToken
    )
    {
        context.NoStore();
        var body = await BoundedBody.ReadAsync(context.Request, MaxBytes, cancellationToken);
        if (body is null)
        {
            return OfferProblems.TooLarge.ToHttp();
        }

        OfferRequest? request;
        try
        {
            request = JsonSerializer.Deserialize<OfferRequest>(body, Strict);
        }
        catch (JsonException)
        {
            request = null;
        }

        if (request is null)
        {
            return OfferProblems
                .Malformed(
                    "Send a JSON object with registrant, configurations and, when wanted, txCode and validHours; no other members, none twice."
                )
                .ToHttp();
        }

        var made = await create.HandleAsync(request, caller.ToCaller(), cancellationToken);
        return made.Succeeded ? Answers.Json(made.Value, StatusCodes.Status201Created) : made.Problem.ToHttp();
    }

    private static async Task<IResult> GetOffer(
        string id,
        HttpContext context,
        FindOffer find,
        CancellationToken cancellationToken
    )
    {
        context.NoStore();
        var found = await find.HandleAsync(id, cancellationToken);
        return found.Succeeded ? Answers.Json(found.Value) : found.Problem.ToHttp();
    }

    private static async Task<IResult> GetQr(
        string id,
        string? format,
        HttpContext context,
        FindOffer find,
        CredentialIssuer issuer,
        CancellationToken cancellationToken
    )
    {
        context.NoStore();
        if (format is not (null or "svg" or "png"))
        {
            return OfferProblems.Malformed("The format of a QR code is svg or png.").ToHttp();
        }

        var found = await find.HandleAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Problem.ToHttp();
        }

        var uri = OfferUris.Of(issuer, id);
        return format == "png"
            ? TypedResults.Bytes(OfferQr.Png(uri), "image/png")
            : TypedResults.Bytes(OfferQr.Svg(uri), "image/svg+xml");
    }
}
