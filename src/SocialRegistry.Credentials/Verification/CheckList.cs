using System.Text.Json;

namespace SocialRegistry.Credentials.Verification;

/// <summary>Collects checks until one fails.</summary>
internal sealed class CheckList(string? format)
{
    private readonly List<VerificationCheck> checks = [];

    /// <summary>Adds a check that holds or not, and tells which.</summary>
    public bool Check(bool ok, string check, string good, string bad)
    {
        checks.Add(new VerificationCheck(check, ok, ok ? good : bad));
        return ok;
    }

    public VerificationReport Refused() =>
        new()
        {
            Verified = false,
            Format = format,
            Checks = checks,
        };

    public VerificationReport Refused(string check, string detail)
    {
        Check(false, check, "", detail);
        return Refused();
    }

    public VerificationReport Verified(
        string issuer,
        IReadOnlyDictionary<string, JsonElement> claims,
        JsonElement? evidence
    ) =>
        new()
        {
            Verified = checks.Count > 0 && checks.All(check => check.Ok),
            Format = format,
            Issuer = issuer,
            Checks = checks,
            Claims = claims,
            Evidence = evidence,
        };
}
