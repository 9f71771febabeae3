using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Areas;

/// <summary>Which areas are wanted; what is absent is not asked.</summary>
public sealed record AreaListQuery
{
    /// <summary>Those directly below this code.</summary>
    [FromQuery(Name = "parent"), MaxLength(40)]
    public string? Parent { get; init; }

    /// <summary><c>true</c>: those at the top.</summary>
    [FromQuery(Name = "top")]
    public bool? Top { get; init; }

    /// <summary>This code and all below.</summary>
    [FromQuery(Name = "within"), MaxLength(40)]
    public string? Within { get; init; }

    [FromQuery(Name = "level"), Range(1, AreaLimits.MaxLevel)]
    public int? Level { get; init; }

    /// <summary>Part of the code or of a name in any language.</summary>
    [FromQuery(Name = "text"), MaxLength(100)]
    public string? Text { get; init; }

    /// <summary>Up to 100 codes, separated by commas: to put names to the codes of a page of records.</summary>
    [FromQuery(Name = "codes"), MaxLength(4_100)]
    public string? Codes { get; init; }

    /// <summary>Those whose own period holds this day.</summary>
    [FromQuery(Name = "validOn")]
    public DateOnly? ValidOn { get; init; }

    /// <summary>Items a page, 1 to 500; 50 when absent.</summary>
    [FromQuery(Name = "size"), Range(1, 500)]
    public int? Size { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after"), MaxLength(200)]
    public string? After { get; init; }

    internal AreaSelection ToQuery() =>
        new()
        {
            Parent = Parent,
            Top = Top ?? false,
            Within = Within,
            Level = Level,
            Text = Text,
            Codes = Codes?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            ValidOn = ValidOn,
        };

    internal PageRequest ToPageRequest() => new(Size ?? 50, After);
}

/// <summary>An area to be added.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateAreaRequest
{
    /// <summary>1 to 40 ASCII letters, digits and <c>. _ -</c>, the first a letter or digit; unique without regard to case.</summary>
    /// <example>N-01-004</example>
    [Required]
    public required string Code { get; init; }

    /// <summary>1 to 12, greater than that of the parent.</summary>
    /// <example>3</example>
    [Range(1, AreaLimits.MaxLevel)]
    public required int Level { get; init; }

    /// <summary>Code of the area above; absent at the top.</summary>
    /// <example>N-01</example>
    public string? Parent { get; init; }

    /// <summary>Names by ISO 639-3 language code; <c>eng</c> among them.</summary>
    [Required]
    public required Dictionary<string, string> Names { get; init; }

    /// <summary>A point that stands for the area.</summary>
    public AreaPoint? Point { get; init; }

    /// <summary>First day on which the area is there.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day on which the area is there.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>A GeoJSON Polygon or MultiPolygon of at most 1 MiB.</summary>
    public JsonElement? Boundary { get; init; }

    internal NewArea ToNew() =>
        new()
        {
            Code = Code,
            Level = Level,
            Parent = Parent,
            Names = Names,
            Point = Point,
            ValidFrom = ValidFrom,
            ValidTo = ValidTo,
            Boundary = Boundary,
        };
}

/// <summary>A merge patch of an area (RFC 7396): what is absent stays, null removes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeAreaRequest
{
    /// <summary>1 to 12, between those of the areas above and below.</summary>
    [Range(1, AreaLimits.MaxLevel)]
    public int? Level { get; init; }

    /// <summary>Names to set by language; null removes one.</summary>
    public Dictionary<string, string?> Names { get; init; } = [];

    /// <summary><c>{"latitude":…,"longitude":…}</c>, or null.</summary>
    public JsonElement Point { get; init; }

    /// <summary>First day on which the area is there, or null.</summary>
    public JsonElement ValidFrom { get; init; }

    internal Outcome<AreaChange> ToChange(long expectedVersion)
    {
        var faults = new List<FieldProblem>();
        var change = new AreaChange
        {
            ExpectedVersion = expectedVersion,
            Level = Level,
            Names = Names,
            Point = Read<AreaPoint>(Point, "point", "Send latitude and longitude in degrees, or null.", faults),
            WithoutPoint = Point.ValueKind == JsonValueKind.Null,
            ValidFrom = Read<DateOnly?>(ValidFrom, "validFrom", "Send a date YYYY-MM-DD, or null.", faults),
            WithoutValidFrom = ValidFrom.ValueKind == JsonValueKind.Null,
        };
        return faults.Count == 0
            ? change
            : Problem.Invalid("areas.invalid", "Some of what was sent does not fit the tree of areas.", faults);
    }

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    private static T? Read<T>(JsonElement value, string field, string expected, List<FieldProblem> faults)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return default;
        }

        try
        {
            return value.Deserialize<T>(Strict);
        }
        catch (JsonException)
        {
            faults.Add(new FieldProblem(field, "type", expected));
            return default;
        }
    }
}

/// <summary>The end of an area.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CloseAreaRequest
{
    /// <summary>The last day; absent opens the area again.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Code of the area that takes its place.</summary>
    public string? ReplacedBy { get; init; }
}

/// <summary>A new place in the tree.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MoveAreaRequest
{
    /// <summary>Code of the area above; null or absent puts it at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>Its level there; absent keeps it.</summary>
    [Range(1, AreaLimits.MaxLevel)]
    public int? Level { get; init; }
}

/// <summary>Names of a level.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NameLevelRequest
{
    /// <summary>Names by ISO 639-3 language code; <c>eng</c> among them.</summary>
    [Required]
    public required Dictionary<string, string> Names { get; init; }
}

/// <summary>The levels that have names.</summary>
public sealed record AreaLevelsResponse(IReadOnlyList<AreaLevelView> Items);
