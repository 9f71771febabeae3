using System.Buffers.Text;
using SimpleBase;

namespace SocialRegistry.LinkedData;

/// <summary>Multibase texts (W3C Controlled Identifiers 1.0 §2.4): base58btc with the prefix <c>z</c>, base64url without padding with <c>u</c>.</summary>
public static class Multibase
{
    /// <summary>Longest base58btc text read, in characters: reading takes time by the square of the length.</summary>
    public const int MaxBase58Length = 1024;

    /// <summary>Longest base64url text read, in characters.</summary>
    public const int MaxBase64Length = 16 * 1024 * 1024;

    public static string EncodeBase58Btc(ReadOnlySpan<byte> bytes) => "z" + Base58.Bitcoin.Encode(bytes);

    public static string EncodeBase64Url(ReadOnlySpan<byte> bytes) => "u" + Base64Url.EncodeToString(bytes);

    /// <summary>False for another prefix, a character outside the alphabet, padding, or a text that is too long.</summary>
    public static bool TryDecode(string? text, out byte[] bytes)
    {
        bytes = [];
        try
        {
            switch (text)
            {
                case ['z', _, ..] when text.Length <= MaxBase58Length:
                    bytes = Base58.Bitcoin.Decode(text.AsSpan(1));
                    return EncodeBase58Btc(bytes) == text;
                case ['u', ..] when text.Length <= MaxBase64Length:
                    bytes = Base64Url.DecodeFromChars(text.AsSpan(1));
                    // One spelling only: no padding, no white space, no spare bits.
                    return EncodeBase64Url(bytes) == text;
                default:
                    return false;
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
