using System.Globalization;
using System.Text.Json;

namespace SocialRegistry.Standards.Dci;

/// <summary>The first thing that is wrong with a message.</summary>
internal sealed class Faults
{
    public string? First { get; private set; }

    public void Add(string fault) => First ??= fault;
}

/// <summary>
/// One object of a message being read, with its path for error texts. Tolerant as the standard's samples need it (as the published samples are written): an empty
/// string stands for an absent member, and a number may come as a string.
/// </summary>
internal readonly struct Place(JsonElement element, string path, Faults faults)
{
    public JsonElement Element => element;

    public Faults Faults => faults;

    /// <summary>The member unless it is absent or blank; reports a missing one that is required.</summary>
    public JsonElement? Member(string name, bool required = false)
    {
        if (element.TryGetProperty(name, out var value) && !JsonTexts.IsBlank(value))
        {
            return value;
        }

        if (required)
        {
            faults.Add($"{path}{name} is required.");
        }

        return null;
    }

    public string? Text(string name, bool required = false, int most = 255)
    {
        if (Member(name, required) is not { } value)
        {
            return null;
        }

        if (JsonTexts.TryGet(value, out var text) && text.Length <= most && !text.Any(char.IsControl))
        {
            return text;
        }

        faults.Add($"{path}{name} must be a string of at most {most} characters without control characters.");
        return null;
    }

    /// <summary>A whole number, also as a string.</summary>
    public int? Whole(string name, int least, bool required = false)
    {
        if (Member(name, required) is not { } value)
        {
            return null;
        }

        if (TryWhole(value, out var number) && number >= least)
        {
            return number;
        }

        faults.Add($"{path}{name} must be a whole number, {least} or more.");
        return null;
    }

    public bool? Boolean(string name)
    {
        switch (Member(name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.False }:
                return false;
            case { ValueKind: JsonValueKind.String } value when value.ValueEquals("true"):
                return true;
            case { ValueKind: JsonValueKind.String } value when value.ValueEquals("false"):
                return false;
            default:
                faults.Add($"{path}{name} must be true or false.");
                return null;
        }
    }

    public DateTimeOffset? Time(string name, bool required = false)
    {
        if (Member(name, required) is not { } value)
        {
            return null;
        }

        if (Times.TryRead(value, out var time))
        {
            return time;
        }

        faults.Add($"{path}{name} must be a date and time with a zone (RFC 3339).");
        return null;
    }

    public Place? Object(string name, bool required = false)
    {
        if (Member(name, required) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new Place(value, $"{path}{name}.", faults);
        }

        faults.Add($"{path}{name} must be an object.");
        return null;
    }

    // 10.0 is a whole number too (the standard's type is "number"); larger than an int is cut, as every limit is smaller.
    private static bool TryWhole(JsonElement value, out int number)
    {
        number = 0;
        var text =
            value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : JsonTexts.TryGet(value, out var given) ? given
            : null;
        if (
            text is not { Length: <= 20 }
            || !decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var exact
            )
            || exact != decimal.Truncate(exact)
        )
        {
            return false;
        }

        number = (int)Math.Clamp(exact, int.MinValue, int.MaxValue);
        return true;
    }
}
