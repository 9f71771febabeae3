using System.Buffers;
using System.Text;

namespace SocialRegistry.JsonSchema;

/// <summary><c>uri</c>, <c>uri-reference</c> (RFC 3986 appendix A) and <c>iri</c>, <c>iri-reference</c> (RFC 3987 §2.2).</summary>
internal static class Uris
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string SubDelimiters = "!$&'()*+,;=";

    private static readonly SearchValues<char> InUserInfo = SearchValues.Create(Unreserved + SubDelimiters + ":");
    private static readonly SearchValues<char> InName = SearchValues.Create(Unreserved + SubDelimiters);
    private static readonly SearchValues<char> InPath = SearchValues.Create(Unreserved + SubDelimiters + ":@/");
    private static readonly SearchValues<char> InQuery = SearchValues.Create(Unreserved + SubDelimiters + ":@/?");

    public static bool Fits(string text, bool international, bool absolute)
    {
        var parts = UriReference.Parse(text);
        if (absolute && parts.Scheme is null)
        {
            return false;
        }

        // Without a scheme the first segment of a path has no colon (path-noscheme).
        if (
            parts.Scheme is null
            && parts.Authority is null
            && parts.Path.Split('/')[0].Contains(':', StringComparison.Ordinal)
        )
        {
            return false;
        }

        return (parts.Authority is null || IsAuthority(parts.Authority, international))
            && Holds(parts.Path, InPath, international, isPrivateAllowed: false)
            && Holds(parts.Query ?? "", InQuery, international, isPrivateAllowed: true)
            && Holds(parts.Fragment ?? "", InQuery, international, isPrivateAllowed: false);
    }

    private static bool IsAuthority(string authority, bool international)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0 && !Holds(authority[..at], InUserInfo, international, isPrivateAllowed: false))
        {
            return false;
        }

        var host = authority[(at + 1)..];
        if (host.StartsWith('['))
        {
            var end = host.IndexOf(']', StringComparison.Ordinal);
            return end > 0 && IsLiteral(host[1..end]) && (end + 1 == host.Length || IsPort(host[(end + 1)..]));
        }

        var colon = host.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? Holds(host, InName, international, isPrivateAllowed: false)
            : IsPort(host[colon..]) && Holds(host[..colon], InName, international, isPrivateAllowed: false);
    }

    private static bool IsPort(string text) => text[0] == ':' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    private static bool IsLiteral(string text)
    {
        if (text.Length == 0 || text[0] is not ('v' or 'V'))
        {
            return IpAddresses.IsV6(text);
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 1
            && text[1..dot].All(char.IsAsciiHexDigit)
            && dot + 1 < text.Length
            && !text.AsSpan(dot + 1).ContainsAnyExcept(InUserInfo);
    }

    private static bool Holds(string text, SearchValues<char> allowed, bool international, bool isPrivateAllowed)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    return false;
                }

                i += 2;
            }
            else if (!allowed.Contains(text[i]))
            {
                if (!international || !Rune.TryGetRuneAt(text, i, out var rune) || !IsUcs(rune.Value, isPrivateAllowed))
                {
                    return false;
                }

                i += rune.Utf16SequenceLength - 1;
            }
        }

        return true;
    }

    /// <summary><c>ucschar</c>, and <c>iprivate</c> where a query stands.</summary>
    private static bool IsUcs(int point, bool isPrivateAllowed) =>
        point is (>= 0xA0 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFEF)
        || (point is >= 0x10000 and < 0xF0000 && (point & 0xFFFF) <= 0xFFFD && point is < 0xE0000 or >= 0xE1000)
        || (
            isPrivateAllowed
            && point is (>= 0xE000 and <= 0xF8FF) or (>= 0xF0000 and <= 0xFFFFD) or (>= 0x100000 and <= 0x10FFFD)
        );
}
