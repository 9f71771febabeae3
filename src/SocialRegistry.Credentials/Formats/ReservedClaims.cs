using System.Collections.Frozen;

namespace SocialRegistry.Credentials.Formats;

/// <summary>Names that formats use themselves; a field may not become a claim of such a name.</summary>
public static class ReservedClaims
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "_sd",
        "_sd_alg",
        "...",
        "aud",
        "cnf",
        "evidence",
        "exp",
        "iat",
        "id",
        "iss",
        "jti",
        "nbf",
        "nonce",
        "status",
        "sub",
        "type",
        "vc",
        "vct",
        "vct#integrity",
        "aka_vcts",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string name) => Names.Contains(name);
}
