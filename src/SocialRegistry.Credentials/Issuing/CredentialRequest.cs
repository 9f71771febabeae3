using System.Text.Json;
using SocialRegistry.Credentials.Verification;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>A parsed credential request: OpenID4VCI 1.0 §8.2, and the forms of drafts 13 to 15.</summary>
internal sealed record CredentialRequest
{
    public string? ConfigurationId { get; private init; }

    public string? Identifier { get; private init; }

    /// <summary>Drafts up to 14: the format names the configuration, with <see cref="Vct"/> or <see cref="Types"/>.</summary>
    public string? Format { get; private init; }

    public string? Vct { get; private init; }

    public IReadOnlyList<string>? Types { get; private init; }

    /// <summary>Key proofs as compact JWTs, at least one.</summary>
    public required IReadOnlyList<string> Proofs { get; init; }

    public static WalletOutcome<CredentialRequest> Read(JsonElement body, int batchSize)
    {
        if (Given(body, "credential_response_encryption", out _))
        {
            return WalletError.Of("invalid_encryption_parameters", "Encrypted responses are not offered here.");
        }

        var proofs = ReadProofs(body);
        if (proofs.Failed)
        {
            return proofs.Error!;
        }

        if (proofs.Value.Count > batchSize)
        {
            return WalletError.InvalidCredentialRequest($"More than {batchSize} key proofs in one request.");
        }

        var byIdentifier = Given(body, "credential_identifier", out _);
        var byConfiguration = Given(body, "credential_configuration_id", out _);
        var request = new CredentialRequest { Proofs = proofs.Value };
        if (byIdentifier && byConfiguration)
        {
            return WalletError.InvalidCredentialRequest(
                "Send credential_identifier or credential_configuration_id, not both."
            );
        }

        if (byIdentifier)
        {
            return body.TryText("credential_identifier", out var identifier)
                ? request with
                {
                    Identifier = identifier,
                }
                : WalletError.InvalidCredentialRequest("credential_identifier must be a string.");
        }

        if (byConfiguration)
        {
            return body.TryText("credential_configuration_id", out var id)
                ? request with
                {
                    ConfigurationId = id,
                }
                : WalletError.InvalidCredentialRequest("credential_configuration_id must be a string.");
        }

        return body.TryText("format", out var format)
            ? request with
            {
                Format = format,
                Vct = body.TryText("vct", out var vct) ? vct : null,
                Types = ReadTypes(body),
            }
            : WalletError.InvalidCredentialRequest("credential_configuration_id is missing.");
    }

    /// <summary>Some wallets write null for what they do not send.</summary>
    private static bool Given(JsonElement body, string name, out JsonElement value) =>
        body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static WalletOutcome<IReadOnlyList<string>> ReadProofs(JsonElement body)
    {
        var many = Given(body, "proofs", out var proofs);
        var one = Given(body, "proof", out var proof);
        if (many == one)
        {
            return many
                ? WalletError.InvalidCredentialRequest("Send proofs or proof, not both.")
                : WalletError.InvalidProof("A key proof is missing: send proofs with the member jwt.");
        }

        if (one)
        {
            return proof.TryText("proof_type", out var type) && type == "jwt" && proof.TryText("jwt", out var jwt)
                ? new[] { jwt }
                : WalletError.InvalidProof("proof must have proof_type jwt and the member jwt.");
        }

        if (proofs.ValueKind != JsonValueKind.Object || proofs.EnumerateObject().Count() != 1)
        {
            return WalletError.InvalidProof("proofs must be an object with exactly one member, jwt.");
        }

        if (
            !proofs.TryGetProperty("jwt", out var jwts)
            || jwts.ValueKind != JsonValueKind.Array
            || jwts.GetArrayLength() == 0
            || Texts(jwts) is not { } texts
        )
        {
            return WalletError.InvalidProof("proofs must have the member jwt with at least one string.");
        }

        return texts;
    }

    private static IReadOnlyList<string>? ReadTypes(JsonElement body) =>
        body.TryGetProperty("credential_definition", out var definition)
        && definition.ValueKind == JsonValueKind.Object
        && definition.TryGetProperty("type", out var types)
        && types.ValueKind == JsonValueKind.Array
            ? Texts(types)
            : null;

    /// <summary>The strings of an array; <c>null</c> when something else stands in it.</summary>
    private static string[]? Texts(JsonElement array)
    {
        try
        {
            return array.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)
                ? null
                : [.. array.EnumerateArray().Select(item => item.GetString()!)];
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text.
            return null;
        }
    }
}
