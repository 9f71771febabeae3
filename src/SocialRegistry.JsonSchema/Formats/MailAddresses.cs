using System.Buffers;

namespace SocialRegistry.JsonSchema;

/// <summary><c>email</c> (RFC 5321 §4.1.2 Mailbox) and <c>idn-email</c> (RFC 6531 §3.3).</summary>
internal static class MailAddresses
{
    private const int MaxLocal = 64;

    private static readonly SearchValues<char> AtomCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"
    );

    public static bool IsAscii(string text) => Fits(text, international: false);

    public static bool IsInternational(string text) => Fits(text, international: true);

    private static bool Fits(string text, bool international)
    {
        var at = text.LastIndexOf('@');
        if (at < 1)
        {
            return false;
        }

        var (local, domain) = (text[..at], text[(at + 1)..]);
        return System.Text.Encoding.UTF8.GetByteCount(local) <= MaxLocal
            && (local[0] == '"' ? IsQuoted(local, international) : IsDotted(local, international))
            && (
                domain.StartsWith('[') ? IsLiteral(domain)
                : international ? HostNames.IsInternational(domain)
                : HostNames.IsAscii(domain)
            );
    }

    private static bool IsDotted(string local, bool international)
    {
        foreach (var atom in local.Split('.'))
        {
            if (atom.Length == 0 || !atom.All(c => AtomCharacters.Contains(c) || (international && IsBeyond(c))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQuoted(string local, bool international)
    {
        if (local.Length < 2 || local[^1] != '"')
        {
            return false;
        }

        for (var i = 1; i < local.Length - 1; i++)
        {
            if (local[i] == '\\')
            {
                if (++i == local.Length - 1 || local[i] is < ' ' or > '~')
                {
                    return false;
                }
            }
            else if (local[i] == '"' || (local[i] is < ' ' or > '~' && !(international && IsBeyond(local[i]))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLiteral(string domain)
    {
        const string six = "[IPv6:";
        if (domain.Length < 3 || domain[^1] != ']')
        {
            return false;
        }

        return domain.StartsWith(six, StringComparison.OrdinalIgnoreCase)
            ? IpAddresses.IsV6(domain.AsSpan(six.Length, domain.Length - six.Length - 1))
            : IpAddresses.IsV4(domain.AsSpan(1, domain.Length - 2));
    }

    private static bool IsBeyond(char character) => character >= 0xA0;
}
