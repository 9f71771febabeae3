namespace SocialRegistry.Credentials.Offers;

internal static class OfferUris
{
    /// <summary>An offer by reference (OpenID4VCI 1.0 §4.1.3): short, so that its QR code is easy to scan.</summary>
    public static string Of(CredentialIssuer issuer, string reference) =>
        "openid-credential-offer://?credential_offer_uri="
        + Uri.EscapeDataString(issuer.At("/credentials/offers/" + reference));
}
