using System.Text.Json;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>How a wallet names what it wants: by configuration, by identifier, or (drafts up to 14) by format and type.</summary>
internal sealed record RequestedName
{
    private const string OldSdJwt = "vc+sd-jwt";

    public string? Configuration { get; private init; }

    public string? Identifier { get; private init; }

    public string? Format { get; private init; }

    private string? Vct { get; init; }

    private HashSet<string>? Types { get; init; }

    public static Reply<RequestedName> Read(JsonElement request)
    {
        var names = new[] { "credential_configuration_id", "credential_identifier" }
            .Where(name => request.Has(name))
            .ToList();
        if (names.Count == 0 && request.Has("format"))
        {
            return ReadFormat(request);
        }

        if (names.Count != 1 || request.Text(names[0]) is not { } text)
        {
            return WalletError.InvalidCredentialRequest(
                "Send exactly one of credential_configuration_id and credential_identifier, as a text."
            );
        }

        return names[0] == "credential_identifier"
            ? new RequestedName { Identifier = text }
            : new RequestedName { Configuration = text };
    }

    /// <summary>The configuration meant, which must be one of the offered.</summary>
    public Reply<CredentialConfiguration> Find(CredentialTypes types, CredentialIssuer issuer, string[] offered)
    {
        if (Format is not null)
        {
            return
                offered.Select(types.Find).FirstOrDefault(known => known is not null && Matches(known, issuer))
                    is { } found
                ? found
                : new WalletError(
                    "unsupported_credential_type",
                    "The offer holds no credential of this format and type."
                );
        }

        if (Identifier is not null)
        {
            return offered.Contains(Identifier) && types.Find(Identifier) is { } identified
                ? identified
                : new WalletError(
                    "unknown_credential_identifier",
                    "The token was not given for this credential identifier."
                );
        }

        if (types.Find(Configuration!) is not { } configuration)
        {
            return new WalletError("unknown_credential_configuration", "There is no such credential configuration.");
        }

        return offered.Contains(Configuration)
            ? configuration
            : WalletError.Denied("The offer does not hold this credential configuration.");
    }

    private bool Matches(CredentialConfiguration known, CredentialIssuer issuer) =>
        known.Format.Name == Format
        && (
            Vct is not null
                ? Vct == issuer.VctOf(known.Type.Id)
                : Types!.SetEquals([JwtVcWriter.BaseType, known.Type.Id])
        );

    private static Reply<RequestedName> ReadFormat(JsonElement request)
    {
        var format = request.Text("format");
        if (format is "dc+sd-jwt" or OldSdJwt)
        {
            return request.Text("vct") is { } vct
                ? new RequestedName { Format = CredentialFormat.SdJwt.Name, Vct = vct }
                : WalletError.InvalidCredentialRequest("A request by this format needs the member vct.");
        }

        if (format != "jwt_vc_json")
        {
            return new WalletError("unsupported_credential_format", "This credential format is not offered here.");
        }

        // Drafts 11 and 12 had the types beside the format.
        var holder = request.TryGetProperty("credential_definition", out var definition) ? definition : request;
        return
            holder.ValueKind == JsonValueKind.Object
            && (holder.TryGetProperty("type", out var types) || holder.TryGetProperty("types", out types))
            && types.ValueKind == JsonValueKind.Array
            && types.EnumerateArray().All(type => type.ValueKind == JsonValueKind.String)
            && Texts(types) is { } texts
            ? new RequestedName { Format = format, Types = texts }
            : WalletError.InvalidCredentialRequest("A request by this format needs credential_definition with type.");
    }

    private static HashSet<string>? Texts(JsonElement types)
    {
        try
        {
            return [.. types.EnumerateArray().Select(type => type.GetString()!)];
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
