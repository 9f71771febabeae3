using System.Text.Json;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>A credential request (OpenID4VCI 1.0 §8.2, and what drafts 11 to 15 sent) that was read and found to be one.</summary>
/// <param name="Name">Finds the configuration asked for among the offered ones.</param>
/// <param name="Proofs">At least one JWT.</param>
/// <param name="IsDraft">Named by format: the wallet also wants the answer of the drafts.</param>
internal sealed record CredentialRequest(RequestedName Name, IReadOnlyList<string> Proofs, bool IsDraft)
{
    public static Reply<CredentialRequest> Read(ReadOnlyMemory<byte> body, int batchSize)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, CredentialJson.Strict);
        }
        catch (JsonException)
        {
            return WalletError.InvalidCredentialRequest(
                "The request is not JSON, is nested too deeply, or has a member twice."
            );
        }

        using (document)
        {
            var request = document.RootElement;
            if (request.ValueKind != JsonValueKind.Object)
            {
                return WalletError.InvalidCredentialRequest("The request is not a JSON object.");
            }

            if (request.Has("credential_response_encryption"))
            {
                return new WalletError(
                    "invalid_encryption_parameters",
                    "Encrypted responses are not offered here; the issuer metadata name none."
                );
            }

            var name = RequestedName.Read(request);
            if (name.Error is { } unnamed)
            {
                return unnamed;
            }

            var proofs = ReadProofs(request, batchSize);
            return proofs.Error is { } unproven
                ? unproven
                : new CredentialRequest(name.Value!, proofs.Value!, name.Value!.Format is not null);
        }
    }

    private static Reply<List<string>> ReadProofs(JsonElement request, int batchSize)
    {
        if (request.TryGetProperty("proof", out var single))
        {
            return request.Has("proofs") ? WalletError.InvalidCredentialRequest("Send proofs or proof, not both.")
                : single.Text("proof_type") == "jwt" && single.Text("jwt") is { } jwt ? new List<string> { jwt }
                : WalletError.InvalidProof("The member proof needs proof_type jwt and the member jwt.");
        }

        if (
            !request.TryGetProperty("proofs", out var proofs)
            || proofs.ValueKind != JsonValueKind.Object
            || proofs.GetPropertyCount() != 1
            || !proofs.TryGetProperty("jwt", out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() == 0
            || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)
        )
        {
            return WalletError.InvalidProof(
                "Send key proofs as proofs with exactly one member jwt, a list of strings."
            );
        }

        if (list.GetArrayLength() > batchSize)
        {
            return WalletError.InvalidCredentialRequest(
                $"At most {batchSize} key proofs in one request; the issuer metadata say so as batch_size."
            );
        }

        try
        {
            return list.EnumerateArray().Select(item => item.GetString()!).ToList();
        }
        catch (InvalidOperationException)
        {
            return WalletError.InvalidProof("A key proof is not a text.");
        }
    }
}
