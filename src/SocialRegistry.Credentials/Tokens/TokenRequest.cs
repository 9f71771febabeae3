using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>A token request (OpenID4VCI 1.0 §6.1) that was read and found to be one.</summary>
/// <param name="TxCode">As it was sent; absent when it was not.</param>
/// <param name="Details">Configuration ids of the <c>authorization_details</c>; absent when none were sent.</param>
internal sealed record TokenRequest(string Code, string? TxCode, IReadOnlyList<string>? Details)
{
    private const int MaxDetails = 20;

    public static Reply<TokenRequest> Read(string? contentType, ReadOnlySpan<byte> body)
    {
        if (
            contentType
                ?.Split(';')[0]
                .Trim()
                .Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true
        )
        {
            return WalletError.InvalidRequest("Send the request as application/x-www-form-urlencoded.");
        }

        var form = QueryHelpers.ParseQuery("?" + Encoding.UTF8.GetString(body));
        // RFC 6749 §3.2: parameters must not be sent more than once; one without a value counts as not sent.
        if (form.Any(parameter => parameter.Value.Count > 1))
        {
            return WalletError.InvalidRequest("A parameter was sent twice.");
        }

        if (Value("grant_type") is not { } grant)
        {
            return WalletError.InvalidRequest("The parameter grant_type is missing.");
        }

        if (grant != OfferGrants.PreAuthorizedCode)
        {
            return new WalletError("unsupported_grant_type", "Only the pre-authorized code grant is offered here.");
        }

        if (Value("pre-authorized_code") is not { } code)
        {
            return WalletError.InvalidRequest("The parameter pre-authorized_code is missing.");
        }

        IReadOnlyList<string>? details = null;
        if (Value("authorization_details") is { } text)
        {
            details = ReadDetails(text);
            if (details is null)
            {
                return new WalletError(
                    "invalid_authorization_details",
                    "Each of the authorization_details needs type openid_credential and a credential_configuration_id."
                );
            }
        }

        return new TokenRequest(code, Value("tx_code"), details);

        string? Value(string name) =>
            form.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
    }

    private static List<string>? ReadDetails(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, CredentialJson.Strict);
            if (
                document.RootElement is not { ValueKind: JsonValueKind.Array } array
                || array.GetArrayLength() is 0 or > MaxDetails
            )
            {
                return null;
            }

            var ids = new List<string>();
            foreach (var detail in array.EnumerateArray())
            {
                if (
                    detail.Text("type") != "openid_credential"
                    || detail.Text("credential_configuration_id") is not { } id
                )
                {
                    return null;
                }

                ids.Add(id);
            }

            return ids;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
