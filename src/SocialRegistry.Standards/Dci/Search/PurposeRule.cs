using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>
/// Reads <c>consent</c> and <c>authorize</c> (DCI API standard, consent and authorize): the purpose they name must be one of the partner's; forms of consent that
/// cannot be checked here are refused, not ignored. Without either, the partner's only purpose counts.
/// </summary>
internal static class PurposeRule
{
    private static readonly HashSet<string> Known = ["@context", "@type", "ts", "purpose"];

    public static bool Read(
        Place criteria,
        PartnerView partner,
        Caller caller,
        out (string Code, string? LegalGround) purpose,
        [NotNullWhen(false)] out Rejection? rejection
    )
    {
        purpose = default;
        if (
            !ReadOne(criteria, "consent", partner, out var consent, out rejection)
            || !ReadOne(criteria, "authorize", partner, out var authorize, out rejection)
        )
        {
            return false;
        }

        if (consent is not null && authorize is not null && consent != authorize)
        {
            rejection = Rejection.Criteria("consent and authorize name two purposes.");
            return false;
        }

        if ((consent ?? authorize ?? caller.Purpose) is not { } code)
        {
            rejection = Rejection.Criteria(
                "Name one purpose agreed for this partner in authorize.purpose.code or consent.purpose.code."
            );
            return false;
        }

        var ground =
            consent is not null ? "consent"
            : authorize is not null ? "authorize"
            : caller.LegalGround;
        purpose = (code, ground);
        return true;
    }

    private static bool ReadOne(
        Place criteria,
        string name,
        PartnerView partner,
        out string? code,
        [NotNullWhen(false)] out Rejection? rejection
    )
    {
        code = null;
        rejection = null;
        if (criteria.Member(name) is not { } given)
        {
            return true;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            rejection = Unsupported(name);
            return false;
        }

        if (!given.EnumerateObject().Any())
        {
            return true;
        }

        if (given.EnumerateObject().Any(member => !Known.Any(member.NameEquals)))
        {
            rejection = Unsupported(name);
            return false;
        }

        if (given.TryGetProperty("ts", out var ts) && !JsonTexts.IsBlank(ts) && !Times.TryRead(ts, out _))
        {
            rejection = Rejection.Criteria($"{name}.ts must be a date and time with a zone.");
            return false;
        }

        if (
            !given.TryGetProperty("purpose", out var purpose)
            || purpose.ValueKind != JsonValueKind.Object
            || !purpose.TryGetProperty("code", out var element)
            || !JsonTexts.TryGet(element, out code)
            || !partner.Purposes.Contains(code)
        )
        {
            rejection = Rejection.Criteria($"{name}.purpose.code must be one of the purposes agreed for this partner.");
            return false;
        }

        return true;
    }

    private static Rejection Unsupported(string name) =>
        Rejection.Criteria($"{name} is in a form that is not supported: send ts and purpose only.");
}
