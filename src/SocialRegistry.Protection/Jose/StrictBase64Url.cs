using System.Buffers.Text;

namespace SocialRegistry.Protection;

/// <summary>Base64url as JOSE has it (RFC 7515 §2): no padding, no white space, no second spelling of the same bytes.</summary>
public static class StrictBase64Url
{
    private static readonly System.Buffers.SearchValues<char> Alphabet = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet) || HasSpareBits(text))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    // The last character of an incomplete group carries 2 or 4 bits that no byte uses: they must be zero.
    private static bool HasSpareBits(ReadOnlySpan<char> text)
    {
        var spare = (text.Length % 4) switch
        {
            2 => 0b1111,
            3 => 0b11,
            _ => 0,
        };
        return spare != 0 && (Value(text[^1]) & spare) != 0;
    }

    private static int Value(char c) =>
        c switch
        {
            >= 'A' and <= 'Z' => c - 'A',
            >= 'a' and <= 'z' => c - 'a' + 26,
            >= '0' and <= '9' => c - '0' + 52,
            '-' => 62,
            _ => 63,
        };
}
