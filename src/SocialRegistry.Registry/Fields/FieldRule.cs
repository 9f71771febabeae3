using SocialRegistry.Contracts;
using SocialRegistry.JsonSchema;

namespace SocialRegistry.Registry.Fields;

/// <summary>A field made ready for checking: validation read, codes at hand.</summary>
internal sealed class FieldRule
{
    private FieldRule(FieldView view, IReadOnlyList<FieldRule> parts, CodeListView? codes)
    {
        View = view;
        Parts = parts.ToDictionary(p => p.View.Id);
        if (codes is not null)
        {
            Codes = codes.Codes.Where(c => !c.Retired).Select(c => c.Code).ToHashSet();
            KnownCodes = codes.Codes.Select(c => c.Code).ToHashSet();
        }
    }

    public FieldView View { get; }

    public bool IsRetired => View.State == FieldState.Retired;

    /// <summary>Codes that a value of a <see cref="FieldType.Code"/> may take.</summary>
    public IReadOnlySet<string>? Codes { get; }

    /// <summary>Codes that stored values may have: the retired ones too.</summary>
    public IReadOnlySet<string>? KnownCodes { get; }

    /// <summary>Members of an object by id.</summary>
    public IReadOnlyDictionary<string, FieldRule> Parts { get; }

    /// <summary>How exact a date may be.</summary>
    public IReadOnlyList<DatePrecision> Precisions => View.Precisions.Count > 0 ? View.Precisions : OnlyDays;

    private static readonly DatePrecision[] OnlyDays = [DatePrecision.Day];

    /// <summary>What each value must meet beside its type; absent: nothing.</summary>
    public Schema? Values { get; private set; }

    /// <summary>What the list of a repeated field must meet; absent: nothing.</summary>
    public Schema? List { get; private set; }

    /// <summary>The rule of a field that was checked.</summary>
    public static FieldRule From(FieldView view, IReadOnlyDictionary<string, CodeListView> codeLists)
    {
        var rule = new FieldRule(
            view,
            [.. view.Parts.Select(p => From(p, codeLists))],
            view.CodeList is null ? null : codeLists[view.CodeList]
        );
        (rule.Values, rule.List) = view.Validation is { } validation ? FieldSchema.Read(view, validation) : default;
        return rule;
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
