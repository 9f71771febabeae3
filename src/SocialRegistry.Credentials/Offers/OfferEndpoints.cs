using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using QRCoder;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Credentials.Offers;

internal static class OfferEndpoints
{
    private const int QrModulePixels = 6;

    public static void MapOffers(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/v1/credential-offers", MakeAsync)
            .RequireAuthorization(Permissions.OfferCredentials)
            .WithTags("Credential offers")
            .WithSummary("Offer credentials over attested fields to a person's wallet")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>What wallets read. Anonymous: the address holds 192 random bits, and the answer no personal data.</summary>
    public static void MapPublicOffers(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(MakeOffer.Path + "{id}", ReadAsync)
            .WithSummary("A credential offer, by reference (OpenID4VCI 1.0 §4.1.3)")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes
            .MapGet(MakeOffer.Path + "{id}/qr", QrAsync)
            .WithSummary("The offer as QR code")
            .Produces(StatusCodes.Status200OK, contentType: "image/svg+xml")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<CredentialOfferResponse>, ProblemHttpResult>> MakeAsync(
        CredentialOfferRequest body,
        HttpCaller caller,
        HttpContext context,
        [FromServices] MakeOffer offers,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        var made = await offers.HandleAsync(body, caller.ToCaller(), cancellationToken);
        return made.Succeeded ? TypedResults.Created((string?)null, made.Value) : made.Problem.ToHttp();
    }

    private static async Task<Results<Ok<CredentialOffer>, ProblemHttpResult>> ReadAsync(
        string id,
        HttpContext context,
        [FromServices] MakeOffer offers,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        return await offers.ReadAsync(id, cancellationToken) is { } offer
            ? TypedResults.Ok(offer)
            : OfferProblems.UnknownOffer.ToHttp();
    }

    private static async Task<IResult> QrAsync(
        string id,
        HttpContext context,
        [FromServices] MakeOffer offers,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await offers.ReadAsync(id, cancellationToken) is null)
        {
            return OfferProblems.UnknownOffer.ToHttp();
        }

        using var data = QRCodeGenerator.GenerateQrCode(offers.OfferUri(id), QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return TypedResults.Text(code.GetGraphic(QrModulePixels), "image/svg+xml", Encoding.UTF8);
    }
}
