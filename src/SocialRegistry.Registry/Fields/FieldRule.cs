using System.Text.Json;
using System.Text.RegularExpressions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields;

/// <summary>A field made ready for checking: keywords read, pattern compiled, codes at hand.</summary>
internal sealed class FieldRule
{
    private FieldRule(FieldView view, IReadOnlySet<string>? codes, IReadOnlyList<FieldRule> parts)
    {
        View = view;
        Codes = codes;
        Parts = parts.ToDictionary(p => p.View.Id);
    }

    public FieldView View { get; }

    /// <summary>Allowed codes of a <see cref="FieldType.Code"/>.</summary>
    public IReadOnlySet<string>? Codes { get; }

    /// <summary>Members of a <see cref="FieldType.Group"/> by id.</summary>
    public IReadOnlyDictionary<string, FieldRule> Parts { get; }

    public Regex? Pattern { get; private set; }

    /// <summary>In code points; applies to text.</summary>
    public int MinLength { get; private set; }

    public int MaxLength { get; private set; } = ValueLimits.MaxTextLength;

    public decimal? Minimum { get; private set; }

    public decimal? Maximum { get; private set; }

    /// <summary>Elements of a repeated field.</summary>
    public int MaxItems { get; private set; } = ValueLimits.MaxItems;

    /// <exception cref="InvalidOperationException">An unknown keyword or code list, or a keyword with a wrong value.</exception>
    public static FieldRule From(FieldView view, IReadOnlyDictionary<string, IReadOnlySet<string>> codeLists)
    {
        var path = view.Kind + "." + view.Id;
        IReadOnlySet<string>? codes = null;
        if (view.Type == FieldType.Code && !codeLists.TryGetValue(view.CodeList ?? "", out codes))
        {
            throw new InvalidOperationException($"The field {path} names no code list that is there.");
        }

        if (view.Type == FieldType.Group != view.Parts.Count > 0)
        {
            throw new InvalidOperationException($"The field {path}: a group has parts, and nothing else has.");
        }

        var rule = new FieldRule(view, codes, [.. view.Parts.Select(p => From(p, codeLists))]);
        rule.ReadKeywords(path);
        return rule;
    }

    private void ReadKeywords(string path)
    {
        if (View.Validation is not { } validation)
        {
            return;
        }

        if (validation.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidOperationException($"The validation of {path} is not an object.");
        }

        foreach (var keyword in validation.EnumerateObject())
        {
            try
            {
                Read(keyword.Name, keyword.Value);
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException)
            {
                throw new InvalidOperationException($"The keyword {keyword.Name} of {path}: {e.Message}", e);
            }
        }
    }

    private void Read(string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "pattern":
                Pattern = SchemaPattern.Compile(value.GetString() ?? throw new FormatException("not a text."));
                break;
            case "minLength":
                MinLength = value.GetInt32();
                break;
            case "maxLength":
                MaxLength = Math.Min(value.GetInt32(), ValueLimits.MaxTextLength);
                break;
            case "minimum":
                Minimum = value.GetDecimal();
                break;
            case "maximum":
                Maximum = value.GetDecimal();
                break;
            case "maxItems":
                MaxItems = Math.Min(value.GetInt32(), ValueLimits.MaxItems);
                break;
            default:
                throw new InvalidOperationException("it is not known here.");
        }
    }
}

/// <summary>Bounds that no catalogue widens.</summary>
internal static class ValueLimits
{
    /// <summary>One value, in bytes of JSON.</summary>
    public const int MaxValueBytes = 64 * 1024;

    /// <summary>All values of a record, in bytes of JSON.</summary>
    public const int MaxRecordBytes = 256 * 1024;

    /// <summary>One text, in code points.</summary>
    public const int MaxTextLength = 10_000;

    public const int MaxItems = 100;

    public const int MaxIdentifiers = 20;

    /// <summary>Characters of an identifier.</summary>
    public const int MaxIdentifierLength = 200;

    public static DateOnly FirstDate { get; } = new(1850, 1, 1);

    public static DateOnly LastDate { get; } = new(2200, 12, 31);

    /// <summary>True for a date in which something of a living person's record may lie, and for none.</summary>
    public static bool IsPlausible(DateOnly? date) => date is null || (date >= FirstDate && date <= LastDate);

    public const int MaxReasonLength = 500;

    /// <summary>Problems told at once.</summary>
    public const int MaxProblems = 50;
}
