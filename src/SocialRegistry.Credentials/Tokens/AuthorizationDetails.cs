using System.Text;
using System.Text.Json;
using SocialRegistry.Credentials.Verification;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>Reads <c>authorization_details</c> (RFC 9396) of type <c>openid_credential</c>.</summary>
internal static class AuthorizationDetails
{
    public const string Type = "openid_credential";

    private const int MaxDetails = 20;

    /// <summary>The configurations asked for; all of them must be offered.</summary>
    public static WalletOutcome<IReadOnlyList<string>> Read(string json, IReadOnlyList<string> offered)
    {
        if (
            !CompactJws.TryParseJson(Encoding.UTF8.GetBytes(json), out var details)
            || details.ValueKind != JsonValueKind.Array
            || details.GetArrayLength() is 0 or > MaxDetails
        )
        {
            return Invalid("authorization_details must be a JSON array of objects.");
        }

        var asked = new List<string>();
        foreach (var detail in details.EnumerateArray())
        {
            if (!detail.TryText("type", out var type) || type != Type)
            {
                return Invalid("Only authorization details of type openid_credential are known.");
            }

            if (!detail.TryText("credential_configuration_id", out var id) || !offered.Contains(id))
            {
                return Invalid("A credential_configuration_id is missing or not part of the offer.");
            }

            if (!asked.Contains(id))
            {
                asked.Add(id);
            }
        }

        return asked;
    }

    // RFC 9396 §5 names the error.
    private static WalletError Invalid(string description) =>
        WalletError.Of("invalid_authorization_details", description);
}
