using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SocialRegistry.Credentials.Protocol;

/// <summary>Answers in this module's JSON, whatever the host has set for its own API.</summary>
internal static class Answers
{
    public static JsonHttpResult<T> Json<T>(T body, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(body, CredentialJson.Options, statusCode: status);

    public static JsonHttpResult<WalletErrorAnswer> Refuse(WalletError error) =>
        Json(new WalletErrorAnswer(error.Error, error.Description), error.Status);

    /// <summary>Answers with secrets or personal data are not kept by anybody on the way.</summary>
    public static void NoStore(this HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
    }
}
