using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>An administrative area.</summary>
public sealed record AreaView
{
    /// <summary>Unique without regard to case; kept as it was given.</summary>
    public required string Code { get; init; }

    /// <summary>1 to <see cref="AreaLimits.MaxLevel"/>; greater than the parent's.</summary>
    public required int Level { get; init; }

    /// <summary>Code of the area above; absent at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>Names by ISO 639-3 language code; <c>eng</c> is always there.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>A point that stands for the area, such as its centre.</summary>
    public AreaPoint? Point { get; init; }

    /// <summary>First day on which the area is there; absent: it always was.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day on which the area is there; absent: it is open.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Code of the area that takes the place of a closed one.</summary>
    public string? ReplacedBy { get; init; }

    public bool HasBoundary { get; init; }

    /// <summary>True when there are areas directly below.</summary>
    public bool HasChildren { get; init; }

    /// <summary>1 for the first version, one more with each change; the area's <c>ETag</c>.</summary>
    public required long Version { get; init; }

    /// <summary>The areas above, from the top down; only when one area is read.</summary>
    public IReadOnlyList<AreaName> Ancestors { get; init; } = [];
}

/// <summary>An area's code, level and names.</summary>
public sealed record AreaName(string Code, int Level, IReadOnlyDictionary<string, string> Names);

/// <summary>WGS 84, in degrees.</summary>
/// <param name="Latitude">-90 to 90.</param>
/// <param name="Longitude">-180 to 180.</param>
public sealed record AreaPoint(double Latitude, double Longitude);

/// <summary>A boundary as GeoJSON, with the version of its area.</summary>
public sealed record AreaBoundary(JsonElement GeoJson, long Version);

/// <summary>A named level of the tree.</summary>
/// <param name="Number">1 to <see cref="AreaLimits.MaxLevel"/>.</param>
/// <param name="Names">Names by ISO 639-3 language code; <c>eng</c> is always there.</param>
public sealed record AreaLevelView(int Number, IReadOnlyDictionary<string, string> Names);

/// <summary>One change of an area.</summary>
/// <param name="Version">The version that stood after it.</param>
/// <param name="Operation"><c>created</c>, <c>changed</c>, <c>closed</c>, <c>moved</c>, <c>boundary</c> or <c>imported</c>.</param>
/// <param name="State">The area as it stood after it, without boundary.</param>
public sealed record AreaHistoryView(
    long Version,
    DateTimeOffset At,
    string By,
    string Channel,
    string Operation,
    JsonElement State
);

/// <summary>Which areas are wanted; what is absent is not asked.</summary>
public sealed record AreaSelection
{
    /// <summary>Those directly below this code; an unknown code is a problem.</summary>
    public string? Parent { get; init; }

    /// <summary>Those at the top.</summary>
    public bool Top { get; init; }

    /// <summary>This code and all below; an unknown code is a problem.</summary>
    public string? Within { get; init; }

    public int? Level { get; init; }

    /// <summary>Part of the code or of a name in any language, without regard to case. 1 to 100 characters.</summary>
    public string? Text { get; init; }

    /// <summary>Those of these codes that there are; at most <see cref="AreaLimits.MaxCodes"/>.</summary>
    public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>Those whose own period holds this day.</summary>
    public DateOnly? ValidOn { get; init; }
}

/// <summary>An area to be added.</summary>
public sealed record NewArea
{
    public required string Code { get; init; }

    public required int Level { get; init; }

    public string? Parent { get; init; }

    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public AreaPoint? Point { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary>A GeoJSON Polygon or MultiPolygon.</summary>
    public JsonElement? Boundary { get; init; }
}

/// <summary>A change of an area; what is absent stays.</summary>
public sealed record AreaChange
{
    /// <summary>The version the caller has seen; anything else is refused with <see cref="ProblemKind.PreconditionFailed"/>.</summary>
    public required long ExpectedVersion { get; init; }

    public int? Level { get; init; }

    /// <summary>Names to set by language; <c>null</c> removes one.</summary>
    public IReadOnlyDictionary<string, string?> Names { get; init; } = new Dictionary<string, string?>();

    public AreaPoint? Point { get; init; }

    /// <summary>Takes the point away.</summary>
    public bool WithoutPoint { get; init; }

    public DateOnly? ValidFrom { get; init; }

    /// <summary>Takes the beginning away.</summary>
    public bool WithoutValidFrom { get; init; }
}

/// <summary>The end of an area.</summary>
public sealed record AreaClosing
{
    public required long ExpectedVersion { get; init; }

    /// <summary>The last day; absent opens the area again.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Code of the area that takes its place.</summary>
    public string? ReplacedBy { get; init; }
}

/// <summary>A new place in the tree.</summary>
public sealed record AreaMove
{
    public required long ExpectedVersion { get; init; }

    /// <summary>Code of the area above; absent puts it at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>Its level there; absent keeps it.</summary>
    public int? Level { get; init; }
}

/// <summary>One row of an import. What is absent stays as it is in an area that is there.</summary>
public sealed record AreaRow
{
    public required string Code { get; init; }

    /// <summary>May stand in the same call, also behind this row.</summary>
    public string? Parent { get; init; }

    /// <summary>Absent: one more than the parent's, or 1.</summary>
    public int? Level { get; init; }

    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    public AreaPoint? Point { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }
}

/// <summary>What an import did with a row.</summary>
public sealed record ImportedArea(string Code, ImportAction Action, long Version);
