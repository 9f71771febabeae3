using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace SocialRegistry.LinkedData;

/// <summary>Writes canonical JSON straight from the parsed bytes wherever they already are canonical.</summary>
internal readonly struct JcsWriter(IBufferWriter<byte> target)
{
    public void Write(JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, Deeper(depth));
                break;
            case JsonValueKind.Array:
                WriteArray(value, Deeper(depth));
                break;
            case JsonValueKind.String:
                WriteString(value);
                break;
            case JsonValueKind.Number:
                JcsNumber.Write(value, target);
                break;
            case JsonValueKind.True:
                target.Write("true"u8);
                break;
            case JsonValueKind.False:
                target.Write("false"u8);
                break;
            case JsonValueKind.Null:
                target.Write("null"u8);
                break;
            default:
                throw new JsonException("There is no value.");
        }
    }

    private static int Deeper(int depth) =>
        depth < Jcs.MaxDepth ? depth + 1 : throw new JsonException($"The value is nested deeper than {Jcs.MaxDepth}.");

    private void WriteArray(JsonElement array, int depth)
    {
        Byte('[');
        var first = true;
        foreach (var item in array.EnumerateArray())
        {
            if (!first)
            {
                Byte(',');
            }

            first = false;
            Write(item, depth);
        }

        Byte(']');
    }

    private void WriteObject(JsonElement value, int depth)
    {
        var count = value.GetPropertyCount();
        var members = ArrayPool<JsonProperty>.Shared.Rent(count);
        try
        {
            var i = 0;
            var plain = true;
            foreach (var member in value.EnumerateObject())
            {
                plain &= IsPlainName(JsonMarshal.GetRawUtf8PropertyName(member));
                members[i++] = member;
            }

            if (plain)
            {
                WritePlain(members.AsSpan(0, count), depth);
            }
            else
            {
                WriteEscaped(members, count, depth);
            }
        }
        finally
        {
            ArrayPool<JsonProperty>.Shared.Return(members, clearArray: true);
        }
    }

    // Without escapes and without characters outside the basic plane, the order of UTF-8 bytes is that of UTF-16 code units (RFC 8785 §3.2.3).
    private static bool IsPlainName(ReadOnlySpan<byte> raw) =>
        !raw.ContainsAnyInRange((byte)0xF0, (byte)0xFF) && !raw.Contains((byte)'\\') && Utf8.IsValid(raw);

    private void WritePlain(Span<JsonProperty> members, int depth)
    {
        members.Sort(
            static (a, b) =>
                JsonMarshal.GetRawUtf8PropertyName(a).SequenceCompareTo(JsonMarshal.GetRawUtf8PropertyName(b))
        );
        Byte('{');
        ReadOnlySpan<byte> before = default;
        for (var i = 0; i < members.Length; i++)
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(members[i]);
            if (i > 0)
            {
                RefuseDuplicate(name.SequenceEqual(before));
                Byte(',');
            }

            Quote(name);
            Byte(':');
            Write(members[i].Value, depth);
            before = name;
        }

        Byte('}');
    }

    private void WriteEscaped(JsonProperty[] members, int count, int depth)
    {
        var names = new string[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = Text(members[i], static member => member.Name);
        }

        Array.Sort(names, members, 0, count, StringComparer.Ordinal);
        Byte('{');
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                RefuseDuplicate(names[i] == names[i - 1]);
                Byte(',');
            }

            JcsText.Write(names[i], target);
            Byte(':');
            Write(members[i].Value, depth);
        }

        Byte('}');
    }

    private static void RefuseDuplicate(bool same)
    {
        if (same)
        {
            throw new JsonException("An object has two members of one name.");
        }
    }

    private void WriteString(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (!raw.Contains((byte)'\\') && Utf8.IsValid(raw))
        {
            target.Write(raw);
        }
        else
        {
            JcsText.Write(Text(value, static text => text.GetString()!), target);
        }
    }

    private static string Text<T>(T source, Func<T, string> read)
    {
        try
        {
            return read(source);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A text holds half a surrogate pair or bytes that are not UTF-8.", e);
        }
    }

    private void Quote(ReadOnlySpan<byte> raw)
    {
        Byte('"');
        target.Write(raw);
        Byte('"');
    }

    private void Byte(char c)
    {
        target.GetSpan(1)[0] = (byte)c;
        target.Advance(1);
    }
}
