using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SocialRegistry.Standards.Dci.Signatures;

/// <summary>
/// JSON with sorted keys and without spaces, as signers of other products write it again before they sign: Python's <c>json.dumps</c>
/// (non-ASCII as lower-case <c>\uXXXX</c>) and orjson (raw UTF-8). Numbers keep their spelling.
/// </summary>
internal static class CanonicalJson
{
    /// <exception cref="InvalidOperationException">A string holds half a surrogate pair.</exception>
    public static void Write(JsonElement element, bool ascii, IBufferWriter<byte> target)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                target.Write("{"u8);
                var isFirst = true;
                foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    target.Write(isFirst ? ""u8 : ","u8);
                    isFirst = false;
                    Quote(member.Name, ascii, target);
                    target.Write(":"u8);
                    Write(member.Value, ascii, target);
                }

                target.Write("}"u8);
                break;
            case JsonValueKind.Array:
                target.Write("["u8);
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    target.Write(index == 0 ? ""u8 : ","u8);
                    Write(item, ascii, target);
                }

                target.Write("]"u8);
                break;
            case JsonValueKind.String:
                Quote(element.GetString()!, ascii, target);
                break;
            default:
                target.Write(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    /// <summary>Writes a string with its quotes.</summary>
    public static void Quote(string text, bool ascii, IBufferWriter<byte> target)
    {
        var quoted = new StringBuilder(text.Length + 16).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\b' => quoted.Append("\\b"),
                '\t' => quoted.Append("\\t"),
                '\n' => quoted.Append("\\n"),
                '\f' => quoted.Append("\\f"),
                '\r' => quoted.Append("\\r"),
                < ' ' => Escape(quoted, c),
                > '~' when ascii => Escape(quoted, c),
                _ => quoted.Append(c),
            };
        }

        Encoding.UTF8.GetBytes(quoted.Append('"').ToString(), target);
    }

    private static StringBuilder Escape(StringBuilder quoted, char c) =>
        quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
}
